import { nullTranslator } from '@jupyterlab/translation';
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import React, { createRef, useState } from 'react';

import type { IRecordSchema } from '../../../types/record';
import type { ITerm } from '../../../types/terms';
import { layOut } from '../../__tests__/layout';
import { EntryForm } from '../EntryForm';
import type { IEntryForm, IEntryFormProps } from '../types';

layOut();

const record = jest.requireActual<
  IRecordSchema & { 'x-shorthands': IRecordSchema['properties'] }
>('../../../../huggingnersc_lab/record/record.schema.json');
/**
 * As the server gives it to the form: with the short forms among the members.
 */
export const schema: IRecordSchema = {
  ...record,
  properties: { ...record.properties, ...record['x-shorthands'] }
};
const lists = jest.requireActual<Record<string, ITerm[]>>(
  '../../../../huggingnersc_lab/record/vocabulary.json'
);
export const vocabulary = async (list: string): Promise<readonly ITerm[]> =>
  lists[list === 'known_tags' ? 'domains' : list] ?? [];

export const good = {
  name: 'iris',
  pretty_name: 'Iris',
  size_categories: ['n<1K']
};

/**
 * The form with an owner that keeps the values, and the owner's callbacks.
 *
 * @param late - Whether the owner renders a while after each change, as Lumino does.
 */
export async function setup(
  given: Partial<IEntryFormProps> = {},
  late = false
) {
  const onChange = jest.fn();
  const form = createRef<IEntryForm>();
  const callbacks = {
    onOptions: jest.fn(),
    onPickDataPath: jest.fn(),
    onPickLoader: jest.fn(),
    onClearLoader: jest.fn(),
    onPickBatchScript: jest.fn(),
    onClearBatchScript: jest.fn(),
    onSection: jest.fn()
  };
  let model = given.values ?? {};
  function Owner(): JSX.Element {
    const [values, setValues] = useState(model);
    const draw = (): void => setValues(model);
    return (
      <EntryForm
        ref={form}
        schema={schema}
        errors={[]}
        warnings={[]}
        checked={given.values ?? {}}
        showErrors={false}
        vocabulary={vocabulary}
        kernels={[{ name: 'python3', display_name: 'Python 3' }]}
        loader={null}
        batchScript={null}
        options={{ private: false, create_pr: false }}
        plan={null}
        trans={nullTranslator.load('test')}
        renderCode={(text, language) => (
          <pre data-language={language}>{text}</pre>
        )}
        {...callbacks}
        {...given}
        values={values}
        onChange={changed => {
          onChange(changed);
          model = changed;
          if (late) {
            setTimeout(() => act(draw), 20);
          } else {
            draw();
          }
        }}
      />
    );
  }
  // Within act, so that the vocabularies of the selected terms are loaded.
  const { container } = await act(async () => render(<Owner />));
  return {
    ...callbacks,
    onChange,
    form,
    container,
    user: userEvent.setup()
  };
}

export const field = (name: string | RegExp): HTMLElement =>
  screen.getByRole('textbox', { name });

/**
 * What screen readers read about a control besides its name.
 */
export function description(control: HTMLElement): string {
  return (control.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map(id => document.getElementById(id)?.textContent)
    .join(' ');
}
