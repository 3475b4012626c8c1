import React, { useId } from 'react';

import type { ICompanion } from '../../../types/scripts';
import { useForm } from '../context';

export interface ICompanionsProps {
  companions: readonly ICompanion[];
  onCompanion?: ((companion: ICompanion, wanted: boolean) => void) | undefined;
}

/**
 * A tick for each file that a script needs beside it: whether it comes along.
 */
export function Companions(props: ICompanionsProps): JSX.Element | null {
  const { companions, onCompanion } = props;
  const { readOnly, trans } = useForm();
  const helpId = useId();
  if (companions.length === 0) {
    return null;
  }
  return (
    <fieldset className="hnl-Script-companions" aria-describedby={helpId}>
      <legend>{trans.__('Files that it needs')}</legend>
      {companions.map(companion => (
        <label key={companion.name} className="hnl-Script-companion">
          <input
            type="checkbox"
            checked={companion.checked}
            disabled={readOnly || !onCompanion}
            onChange={event =>
              onCompanion?.(companion, event.currentTarget.checked)
            }
          />
          {companion.name}
        </label>
      ))}
      <div className="hnl-Field-help" id={helpId}>
        {trans.__('Selected files are published with it; others are not.')}
      </div>
    </fieldset>
  );
}
