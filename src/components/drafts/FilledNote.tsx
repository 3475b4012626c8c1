import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { ISuggestions } from '../../types/api';
import { Banner } from '../common/Banner';
import { Button } from '../common/Button';

export interface IFilledNoteProps {
  /**
   * The number of fields that were filled in and not changed since.
   */
  count: number;
  /**
   * The files that they are from.
   */
  files: readonly string[];
  skipped: ISuggestions['skipped'];
  onUndo: () => void;
  trans: TranslationBundle;
}

/**
 * What the data's folder has filled in, and which of its files could not be read.
 */
export function FilledNote(props: IFilledNoteProps): JSX.Element | null {
  const { count, files, skipped, trans } = props;
  if (count === 0 && skipped.length === 0) {
    return null;
  }
  return (
    <Banner
      kind="info"
      actions={
        count > 0 && <Button onClick={props.onUndo}>{trans.__('Undo')}</Button>
      }
    >
      {count > 0 && (
        <p>
          {trans._n(
            'Filled in from the folder: %1 field (%2).',
            'Filled in from the folder: %1 fields (%2).',
            count,
            files.join(', ')
          )}
        </p>
      )}
      {skipped.map(({ file, reason }) => (
        <p key={file}>{trans.__('Not read: %1 %2.', file, reason)}</p>
      ))}
    </Banner>
  );
}
