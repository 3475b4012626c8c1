import React from 'react';

export interface ICheckboxProps {
  id: string;
  label: string;
  help?: string | undefined;
  checked: boolean;
  disabled?: boolean;
  errorsId?: string;
  onChange: (checked: boolean) => void;
}

/**
 * A checkbox with a label and help.
 */
export function Checkbox(props: ICheckboxProps): JSX.Element {
  const { id } = props;
  return (
    <div className="hnl-Checkbox">
      <input
        type="checkbox"
        id={id}
        aria-describedby={`${id}-help ${props.errorsId ?? ''}`.trim()}
        checked={props.checked}
        disabled={props.disabled}
        onChange={event => props.onChange(event.currentTarget.checked)}
      />
      <label className="hnl-Field-label" htmlFor={id}>
        {props.label}
      </label>
      <div className="hnl-Field-help" id={`${id}-help`}>
        {props.help}
      </div>
    </div>
  );
}
