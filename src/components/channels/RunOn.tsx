import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useId } from 'react';

import type { ISession } from '../../types/api';

export type Executors = ISession['executors'];

/**
 * Where a job runs, and what it asks for there.
 */
export interface IPlacement {
  executor: string;
  resources: Readonly<Record<string, string>>;
}

/**
 * The resources that can be chosen, in the order in which they are shown.
 */
const RESOURCES = ['account', 'qos', 'constraint', 'time'] as const;

/**
 * Choose where a job that reads much data runs. Not shown where there is only one place.
 */
export function RunOn(props: {
  executors: Executors;
  value: IPlacement;
  onChange: (value: IPlacement) => void;
  trans: TranslationBundle;
}): JSX.Element | null {
  const { executors, value, onChange, trans } = props;
  const id = useId();
  if (executors.length < 2) {
    return null;
  }
  const labels: Record<(typeof RESOURCES)[number], string> = {
    account: trans.__('Account'),
    qos: trans.__('QOS'),
    constraint: trans.__('Constraint'),
    time: trans.__('Time limit')
  };
  const usual = executors.find(
    ({ name }) => name === value.executor
  )?.resources;
  return (
    <div className="hnl-RunOn">
      <label className="hnl-Field-label" htmlFor={id}>
        {trans.__('Run on')}
      </label>
      <select
        id={id}
        className="hnl-Input"
        value={value.executor}
        onChange={event =>
          onChange({ executor: event.currentTarget.value, resources: {} })
        }
      >
        {executors.map(({ name }) => (
          <option key={name} value={name}>
            {name === 'slurm'
              ? trans.__('Slurm')
              : name === 'local'
                ? trans.__('This machine')
                : name}
          </option>
        ))}
      </select>
      {value.executor === 'slurm' &&
        RESOURCES.map(name => (
          <React.Fragment key={name}>
            <label className="hnl-Field-label" htmlFor={`${id}-${name}`}>
              {labels[name]}
            </label>
            <input
              id={`${id}-${name}`}
              className="hnl-Input"
              type="text"
              spellCheck={false}
              placeholder={String(usual?.[name] ?? '')}
              value={value.resources[name] ?? ''}
              onChange={event => {
                const text = event.currentTarget.value;
                const resources = Object.entries(value.resources).filter(
                  ([other]) => other !== name
                );
                onChange({
                  ...value,
                  resources: Object.fromEntries(
                    text ? [...resources, [name, text]] : resources
                  )
                });
              }}
            />
          </React.Fragment>
        ))}
    </div>
  );
}
