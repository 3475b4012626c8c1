import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useId, useState } from 'react';

import type { ICitation } from '../../types/api';
import { Button } from '../common/Button';
import { CopyButton } from '../common/CopyButton';

export interface ICitationsProps {
  citations: readonly ICitation[];
  onCopy: (text: string) => void;
  onSave: (citation: ICitation) => void;
  trans: TranslationBundle;
}

/**
 * How to cite a dataset, in a format that the user chooses.
 */
export function Citations(props: ICitationsProps): JSX.Element {
  const { citations, trans } = props;
  const id = useId();
  const [format, setFormat] = useState<ICitation['format'] | null>(null);
  const shown =
    citations.find(citation => citation.format === format) ?? citations[0];
  if (!shown) {
    return (
      <p className="hnl-Empty">
        {trans.__(
          'The catalog does not know enough about this dataset to cite it.'
        )}
      </p>
    );
  }
  return (
    <>
      <div className="hnl-Cite-bar">
        <label htmlFor={id}>{trans.__('Format')}</label>
        <select
          id={id}
          className="hnl-Input hnl-Cite-format"
          value={shown.format}
          onChange={event =>
            setFormat(event.currentTarget.value as ICitation['format'])
          }
        >
          {citations.map(citation => (
            <option key={citation.format} value={citation.format}>
              {citation.label}
            </option>
          ))}
        </select>
        <CopyButton
          label={trans.__('Copy the citation')}
          onCopy={() => props.onCopy(shown.text)}
          trans={trans}
        />
        <Button title={shown.file_name} onClick={() => props.onSave(shown)}>
          {trans.__('Save as file')}
        </Button>
      </div>
      <pre className="hnl-Cite-text">{shown.text}</pre>
    </>
  );
}
