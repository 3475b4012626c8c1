import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useState } from 'react';

import type { IFieldError } from '../../types/errors';

/**
 * How many findings are shown at first; the others are behind a button.
 */
const SHOWN_AT_ONCE = 2;

export interface IFieldErrorsProps {
  /**
   * Id of the element, for `aria-describedby`.
   */
  id: string;
  errors: readonly IFieldError[];
  warnings: readonly IFieldError[];
  /**
   * Use the value that a finding suggests. Without it, no suggestion is shown.
   */
  onSuggestion?: ((finding: IFieldError) => void) | undefined;
  trans: TranslationBundle;
}

/**
 * The errors and warnings of a field, below it. One line is reserved, so that the first short message
 * moves nothing.
 */
export function FieldErrors(props: IFieldErrorsProps): JSX.Element {
  const { id, errors, warnings, onSuggestion, trans } = props;
  const [all, setAll] = useState(false);
  const findings = [
    ...errors.map(finding => ({ finding, kind: 'error' })),
    ...warnings.map(finding => ({ finding, kind: 'warning' }))
  ];
  const shown = all ? findings : findings.slice(0, SHOWN_AT_ONCE);
  const left = findings.length - shown.length;
  return (
    <div className="hnl-FieldErrors" id={id}>
      {shown.map(({ finding, kind }) => (
        <p
          className={`hnl-FieldErrors-item hnl-mod-${kind}`}
          key={`${kind} ${finding.code} ${finding.pointer}`}
        >
          <span className="hnl-visuallyHidden">
            {kind === 'error' ? trans.__('Error:') : trans.__('Warning:')}{' '}
          </span>
          {finding.detail}{' '}
          {finding.suggestion !== undefined && onSuggestion && (
            <button
              type="button"
              className="hnl-LinkButton"
              onClick={() => onSuggestion(finding)}
            >
              {trans.__('Use “%1”', finding.suggestion)}
            </button>
          )}
        </p>
      ))}
      {left > 0 && (
        <button
          type="button"
          className="hnl-LinkButton"
          onClick={() => setAll(true)}
        >
          {trans._n('Show %1 more', 'Show %1 more', left)}
        </button>
      )}
    </div>
  );
}
