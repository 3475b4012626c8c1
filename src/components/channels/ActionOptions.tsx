import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useId, useState } from 'react';

import type { IShareAction } from '../../types/api';
import { Button } from '../common/Button';
import { Field, type IControlProps } from '../common/Field';
import { RunOn, type Executors, type IPlacement } from './RunOn';
import type { ShareOptions } from './share';

type Option = IShareAction['options'][number];

/**
 * What can be chosen before an action begins, one field for each option.
 */
export function ActionOptions(props: {
  action: IShareAction;
  executors: Executors;
  onStart: (options: ShareOptions, placement?: IPlacement) => void;
  onCancel: () => void;
  trans: TranslationBundle;
}): JSX.Element {
  const { action, trans } = props;
  const [given, setGiven] = useState<Readonly<Record<string, string>>>({});
  // The first is what the server would choose itself.
  const [placement, setPlacement] = useState<IPlacement>({
    executor: props.executors[0]?.name ?? 'local',
    resources: {}
  });
  const hasChoice = action.heavy && props.executors.length > 1;
  const id = useId();
  const lacking = action.options.some(
    option => option.required && !given[option.name]?.trim()
  );
  return (
    <form
      className="hnl-Share-options"
      aria-label={action.title}
      onSubmit={event => {
        event.preventDefault();
        props.onStart(
          readOptions(action.options, given),
          hasChoice ? placement : undefined
        );
      }}
    >
      <p className="hnl-Share-text">{action.summary}</p>
      {action.options.map(option => (
        <Field
          key={option.name}
          id={`${id}-${option.name}`}
          label={labelOf(option.name)}
          help={option.help}
          required={option.required}
          errors={[]}
          warnings={[]}
          trans={trans}
        >
          {control => (
            <OptionControl
              option={option}
              control={control}
              value={given[option.name] ?? ''}
              onChange={value => setGiven({ ...given, [option.name]: value })}
              trans={trans}
            />
          )}
        </Field>
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
        // What is no number is sent as it is, so that the server says what is wrong with it.
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
        <option value="">{trans.__('The usual one')}</option>
        {schema['enum'].map(choice => (
          <option key={String(choice)} value={String(choice)}>
            {String(choice)}
          </option>
        ))}
      </select>
    );
  }
  switch (schema['type']) {
    case 'boolean':
      return (
        <input
          {...control}
          type="checkbox"
          checked={value === 'true'}
          onChange={event => onChange(String(event.currentTarget.checked))}
        />
      );
    case 'array':
      return (
        <textarea
          {...common}
          className="hnl-Input"
          rows={2}
          placeholder={trans.__('One a line')}
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
 * `piece_size` as people read it: “Piece size”.
 */
function labelOf(name: string): string {
  const words = name.replace(/_/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
