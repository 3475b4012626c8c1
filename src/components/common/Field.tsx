import type { TranslationBundle } from '@jupyterlab/translation';
import React, { type ReactNode } from 'react';

import { FieldErrors, type IFieldErrorsProps } from './FieldErrors';

/**
 * The attributes that tie a control to its label, help and errors.
 */
export interface IControlProps {
  id: string;
  'aria-describedby': string;
  'aria-invalid'?: true | undefined;
  'aria-required'?: true | undefined;
}

export interface IFieldProps extends Omit<IFieldErrorsProps, 'id'> {
  /**
   * Id of the control. The label's id is the same with `-label`.
   */
  id: string;
  label: string;
  help?: string | undefined;
  /**
   * An example value.
   */
  example?: string | undefined;
  required?: boolean | undefined;
  /**
   * A note below the control.
   */
  note?: ReactNode;
  /**
   * Whether the field holds several controls. It is then a named group, without a `label for`.
   */
  group?: boolean | undefined;
  trans: TranslationBundle;
  children: (control: IControlProps) => ReactNode;
}

/**
 * A control with its label, help and errors.
 */
export function Field(props: IFieldProps): JSX.Element {
  const { id, errors, warnings, onSuggestion, trans } = props;
  const name = (
    <>
      {props.label}
      {props.required && (
        <span className="hnl-Field-required" aria-hidden="true">
          {' *'}
        </span>
      )}
    </>
  );
  const control: IControlProps = {
    id,
    'aria-describedby': `${id}-help ${id}-errors`,
    'aria-invalid': errors.length > 0 || undefined,
    'aria-required': props.required || undefined
  };
  const kind =
    errors.length > 0
      ? ' hnl-mod-error'
      : warnings.length > 0
        ? ' hnl-mod-warning'
        : '';
  return (
    <div
      className={`hnl-Field${kind}`}
      role={props.group ? 'group' : undefined}
      aria-labelledby={props.group ? `${id}-label` : undefined}
      aria-describedby={props.group ? control['aria-describedby'] : undefined}
    >
      {props.group ? (
        <span className="hnl-Field-label" id={`${id}-label`}>
          {name}
          {props.required && (
            <span className="hnl-visuallyHidden">{trans.__('required')}</span>
          )}
        </span>
      ) : (
        <label className="hnl-Field-label" id={`${id}-label`} htmlFor={id}>
          {name}
        </label>
      )}
      <div className="hnl-Field-help" id={`${id}-help`}>
        {props.help}{' '}
        {props.example && (
          <span className="hnl-Field-example">
            {trans.__('Example: %1', props.example)}
          </span>
        )}
      </div>
      {props.children(control)}
      {props.note && <div className="hnl-Field-note">{props.note}</div>}
      <FieldErrors
        id={`${id}-errors`}
        errors={errors}
        warnings={warnings}
        onSuggestion={onSuggestion}
        trans={trans}
      />
    </div>
  );
}
