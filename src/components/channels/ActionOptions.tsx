import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useId, useState } from 'react';

import type { IShareAction } from '../../types/api';
import type { IFieldError } from '../../types/errors';
import { Button } from '../common/Button';
import { Checkbox } from '../common/Checkbox';
import { Field, type IControlProps } from '../common/Field';
import { FieldErrors } from '../common/FieldErrors';
import { RunOn, type Executors, type IPlacement } from './RunOn';
import type { ShareOptions } from './share';

type Option = IShareAction['options'][number];

/**
 * The options of an action, one field each. Errors stay until their field changes.
 */
export function ActionOptions(props: {
  action: IShareAction;
  executors: Executors;
  /**
   * @returns What is wrong with the options.
   */
  onStart: (
    options: ShareOptions,
    placement?: IPlacement
  ) => Promise<readonly IFieldError[]>;
  onCancel: () => void;
  trans: TranslationBundle;
}): JSX.Element {
  const { action, trans } = props;
  const [given, setGiven] = useState<Readonly<Record<string, string>>>({});
  const [errors, setErrors] = useState<readonly IFieldError[]>([]);
  // The first is what the server would choose itself.
  const [placement, setPlacement] = useState<IPlacement>({
    executor: props.executors[0]?.name ?? 'local',
    resources: {}
  });
  const hasChoice = action.heavy && props.executors.length > 1;
  const id = useId();
  const start = async (): Promise<void> =>
    setErrors(
      await props.onStart(
        readOptions(action.options, given),
        hasChoice ? placement : undefined
      )
    );
  const change = (name: string, value: string): void => {
    setGiven({ ...given, [name]: value });
    setErrors(errors.filter(error => optionOf(error) !== name));
  };
  const lacking = action.options.some(
    option => option.required && !given[option.name]?.trim()
  );
  return (
    <form
      className="hnl-Share-options"
      aria-label={action.title}
      onSubmit={event => {
        event.preventDefault();
        void start();
      }}
    >
      <p className="hnl-Share-text">{action.summary}</p>
      {action.options.map(option => (
        <OptionField
          key={option.name}
          id={`${id}-${option.name}`}
          option={option}
          value={given[option.name] ?? ''}
          errors={errors.filter(error => optionOf(error) === option.name)}
          onChange={value => change(option.name, value)}
          trans={trans}
        />
      ))}
      {hasChoice && (
        <RunOn
          executors={props.executors}
          value={placement}
          onChange={setPlacement}
          trans={trans}
        />
      )}
      <div className="hnl-Actions">
        <button
          type="submit"
          className="hnl-Button hnl-mod-primary"
          disabled={lacking}
        >
          {action.question ? trans.__('%1…', action.title) : action.title}
        </button>
        <Button onClick={props.onCancel}>{trans.__('Cancel')}</Button>
      </div>
    </form>
  );
}

/**
 * The options as JSON; what was left empty is left out.
 */
export function readOptions(
  options: readonly Option[],
  given: Readonly<Record<string, string>>
): ShareOptions {
  const read: Record<string, unknown> = {};
  for (const { name, schema } of options) {
    const text = given[name]?.trim();
    if (!text) {
      continue;
    }
    switch (schema['type']) {
      case 'boolean':
        read[name] = text === 'true';
        break;
      case 'integer':
      case 'number':
        // Anything else is sent unchanged, so that the server says what is wrong with it.
        read[name] = Number.isFinite(Number(text)) ? Number(text) : text;
        break;
      case 'array':
        read[name] = text.split(/\s*\n\s*/).filter(Boolean);
        break;
      default:
        read[name] = text;
    }
  }
  return read;
}

function OptionField(props: {
  id: string;
  option: Option;
  value: string;
  errors: readonly IFieldError[];
  onChange: (value: string) => void;
  trans: TranslationBundle;
}): JSX.Element {
  const { id, option, value, errors, onChange, trans } = props;
  const label = labelOf(option.name);
  if (option.schema['type'] === 'boolean') {
    return (
      <div className="hnl-Field">
        <Checkbox
          id={id}
          label={label}
          help={option.help}
          checked={value === 'true'}
          errorsId={`${id}-errors`}
          onChange={checked => onChange(String(checked))}
        />
        <FieldErrors
          id={`${id}-errors`}
          errors={errors}
          warnings={[]}
          trans={trans}
        />
      </div>
    );
  }
  return (
    <Field
      id={id}
      label={label}
      help={option.help}
      required={option.required}
      errors={errors}
      warnings={[]}
      trans={trans}
    >
      {control => <OptionControl {...props} control={control} />}
    </Field>
  );
}

function OptionControl(props: {
  option: Option;
  control: IControlProps;
  value: string;
  onChange: (value: string) => void;
  trans: TranslationBundle;
}): JSX.Element {
  const { control, onChange, trans, value } = props;
  const { schema } = props.option;
  const common = { ...control, value };
  if (Array.isArray(schema['enum'])) {
    return (
      <select
        {...common}
        className="hnl-Input"
        onChange={event => onChange(event.currentTarget.value)}
      >
        <option value="">{trans.__('Default')}</option>
        {schema['enum'].map(choice => (
          <option key={String(choice)} value={String(choice)}>
            {String(choice)}
          </option>
        ))}
      </select>
    );
  }
  switch (schema['type']) {
    case 'array':
      return (
        <textarea
          {...common}
          className="hnl-TextArea"
          rows={2}
          placeholder={trans.__('One per line')}
          onChange={event => onChange(event.currentTarget.value)}
        />
      );
    default:
      return (
        <input
          {...common}
          className="hnl-Input"
          type="text"
          inputMode={
            schema['type'] === 'integer' || schema['type'] === 'number'
              ? 'numeric'
              : undefined
          }
          spellCheck={false}
          onChange={event => onChange(event.currentTarget.value)}
        />
      );
  }
}

/**
 * The option that an error is about: `/options/tracker/0` is about `tracker`.
 */
function optionOf({ pointer }: IFieldError): string | undefined {
  return pointer.split('/')[2];
}

/**
 * `piece_size` as people read it: “Piece size”.
 */
function labelOf(name: string): string {
  const words = name.replace(/_/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
