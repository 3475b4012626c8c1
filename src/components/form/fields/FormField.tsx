import { folderIcon } from '@jupyterlab/ui-components';
import React from 'react';

import { useForm } from '../context';
import type { IField } from '../schema';
import type { IEntryFormProps } from '../types';
import { asText } from '../values';
import { AuthorsField } from './AuthorsField';
import { ChoiceField } from './ChoiceField';
import { KernelField } from './KernelField';
import { ObjectField } from './ObjectField';
import { ScriptField } from './ScriptField';
import { SwitchField } from './SwitchField';
import { LongTextField, TextField } from './TextField';

/**
 * One field, rendered by its kind.
 */
export function FormField({
  field,
  form
}: {
  field: IField;
  form: IEntryFormProps;
}): JSX.Element {
  const { member, kind, schema, required } = field;
  const { values, readOnly, trans, onMember } = useForm();
  const note = form.notes?.[member];
  switch (kind) {
    case 'text':
    case 'path':
      return (
        <TextField
          pointer={`/${member}`}
          schema={schema}
          required={required}
          value={asText(values[member])}
          note={note}
          button={
            kind === 'path' &&
            !readOnly && (
              <button
                type="button"
                className="hnl-Button hnl-mod-icon"
                aria-label={trans.__('Browse…')}
                title={trans.__('Browse…')}
                onClick={form.onPickDataPath}
              >
                <folderIcon.react tag="span" aria-hidden="true" />
              </button>
            )
          }
          onChange={value => onMember(member, value)}
        />
      );
    case 'long_text':
      return <LongTextField field={field} note={note} />;
    case 'choice':
    case 'choices':
    case 'words':
      return <ChoiceField field={field} note={note} />;
    case 'rows':
      return <AuthorsField field={field} note={note} />;
    case 'switch':
      return <SwitchField field={field} note={note} />;
    case 'object':
      return <ObjectField field={field} note={note} />;
    case 'kernel':
      return <KernelField field={field} kernels={form.kernels} note={note} />;
    case 'script': {
      const isLoader = member === 'loader';
      const { onUseRepositoryLoader, onCompanion } = form;
      return (
        <ScriptField
          field={field}
          script={isLoader ? form.loader : form.batchScript}
          companions={(form.companions ?? []).filter(
            companion => companion.member === member
          )}
          onCompanion={onCompanion}
          {...(isLoader &&
            onUseRepositoryLoader && {
              repository: {
                scripts: form.repositoryScripts ?? [],
                chosen: form.loaderInRepository ?? null,
                onUse: onUseRepositoryLoader
              }
            })}
          note={note}
          renderCode={form.renderCode}
          onPick={isLoader ? form.onPickLoader : form.onPickBatchScript}
          onClear={isLoader ? form.onClearLoader : form.onClearBatchScript}
        />
      );
    }
  }
}
