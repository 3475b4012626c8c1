import React, { forwardRef } from 'react';

import type { IEntryForm, IEntryFormProps } from './types';

/**
 * The form that an entry of the catalog is written in.
 */
export const EntryForm = forwardRef<IEntryForm, IEntryFormProps>(
  function EntryForm(props, ref) {
    return <div className="hnl-Form">{props.children}</div>;
  }
);
