import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { IPreview } from '../../types/api';
import { RawText } from '../common/untrusted/RawText';

/**
 * What a change of a dataset changes: members of its record, lines of its card.
 */
export function DiffView(props: {
  diff: IPreview['diff'];
  notes: readonly string[];
  trans: TranslationBundle;
}): JSX.Element {
  const { diff, notes, trans } = props;
  return (
    <>
      {notes.map(note => (
        <p className="hnl-Field-help" key={note}>
          {note}
        </p>
      ))}
      {diff.members.length > 0 && (
        <dl className="hnl-Facts">
          {diff.members.map(({ member, before, after }) => (
            <React.Fragment key={member}>
              <dt>{member}</dt>
              <dd>
                <del>{shown(before, trans)}</del> → {shown(after, trans)}
              </dd>
            </React.Fragment>
          ))}
        </dl>
      )}
      {diff.card && <RawText text={diff.card} />}
    </>
  );
}

function shown(value: unknown, trans: TranslationBundle): string {
  if (value === null || value === undefined) {
    return trans.__('nothing');
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
