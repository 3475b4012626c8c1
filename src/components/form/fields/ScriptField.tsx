import { codeIcon } from '@jupyterlab/ui-components';
import React, { type ReactNode } from 'react';

import type { IScript } from '../../../types/scripts';
import { Button } from '../../common/Button';
import { Field } from '../../common/Field';
import { useFieldProps, useForm } from '../context';
import type { IField } from '../schema';
import type { IEntryFormProps } from '../types';
import { Companions, type ICompanionsProps } from './Companions';
import {
  type IRepositoryScriptsProps,
  RepositoryScripts
} from './RepositoryScripts';

export interface IScriptFieldProps extends ICompanionsProps {
  field: IField;
  script: IScript | null;
  note?: ReactNode;
  /**
   * What the repository that is adopted offers.
   */
  repository?: IRepositoryScriptsProps;
  renderCode: IEntryFormProps['renderCode'];
  onPick: () => void;
  onClear: () => void;
}

/**
 * A script that is picked from the file system, with its text.
 */
export function ScriptField(props: IScriptFieldProps): JSX.Element {
  const { field, script, note, renderCode, onPick, onClear } = props;
  const { member, schema, required } = field;
  const { readOnly, trans } = useForm();
  const fieldProps = useFieldProps(`/${member}`);
  const ticked = props.companions.map(({ name }) => name);
  return (
    <Field
      {...fieldProps}
      warnings={fieldProps.warnings.filter(
        // The ticks say the same.
        ({ code, suggestion }) =>
          code !== 'companion' || !ticked.includes(suggestion ?? '')
      )}
      label={schema.title ?? member}
      help={schema.description}
      required={required}
      note={note}
      onSuggestion={undefined}
      group
    >
      {({ id }) => (
        <>
          <div className="hnl-Script-bar">
            <span className="hnl-Script-status" role="status">
              {script && (
                <span className="hnl-Script-name" title={script.file_name}>
                  <codeIcon.react tag="span" aria-hidden="true" />
                  {script.file_name}
                </span>
              )}
            </span>
            {!readOnly && (
              <Button
                id={id}
                aria-describedby={`${id}-label ${id}-errors`}
                onClick={onPick}
              >
                {script
                  ? trans.__('Choose another…')
                  : trans.__('Choose a file…')}
              </Button>
            )}
            {script && !readOnly && (
              <Button
                look="plain"
                aria-describedby={`${id}-label`}
                onClick={onClear}
              >
                {trans.__('Remove')}
              </Button>
            )}
          </div>
          {!script && props.repository && (
            <RepositoryScripts {...props.repository} />
          )}
          <Companions {...props} />
          {script && (
            <div className="hnl-Script-code">
              {renderCode(script.text, languageOf(script.file_name))}
            </div>
          )}
        </>
      )}
    </Field>
  );
}

/**
 * Languages by file extension.
 */
const LANGUAGES: Readonly<Record<string, string>> = {
  py: 'python',
  r: 'r',
  jl: 'julia',
  sh: 'shell',
  bash: 'shell',
  slurm: 'shell',
  sbatch: 'shell',
  sl: 'shell'
};

function languageOf(fileName: string): string {
  const ending = fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase();
  return LANGUAGES[ending] ?? 'text';
}
