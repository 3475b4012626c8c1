import React from 'react';

import type { IJobKind } from '../kind';
import { RepositoryButton } from '../publication';

export const kind: IJobKind = {
  title: ({ name }, trans) => trans.__('Retiring %1', name),
  done: (_, trans) => trans.__('It is no longer in the catalog.'),
  After: props => (
    <div className="hnl-Actions">
      <RepositoryButton {...props} />
    </div>
  )
};
