import '@testing-library/jest-dom';
import { nullTranslator } from '@jupyterlab/translation';
import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import React, { createRef, useState } from 'react';

import { layOut } from '../../common/__tests__/layout';
import type { ITerm } from '../../common/terms';
import { EntryForm } from '../EntryForm';
import type { IRecordSchema } from '../schema';
import type { IEntryForm, IEntryFormProps } from '../types';

layOut();

const schema = jest.requireActual<IRecordSchema>(
  '../../../../huggingnersc_lab/record/record.schema.json'
);
const lists = jest.requireActual<Record<string, ITerm[]>>(
  '../../../../huggingnersc_lab/record/vocabulary.json'
);
const vocabulary = async (list: string): Promise<readonly ITerm[]> =>
  lists[list === 'known_tags' ? 'domains' : list] ?? [];

const good = { name: 'iris', pretty_name: 'Iris', size_categories: ['n<1K'] };

/**
 * The form with an owner that keeps the values, and what the owner was told.
 *
 * @param late - Whether the owner draws its model a while after each change, as Lumino does.
 */
async function setup(given: Partial<IEntryFormProps> = {}, late = false) {
  const onChange = jest.fn();
  const form = createRef<IEntryForm>();
  const noted = {
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
        {...noted}
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
  // Within act, so that the vocabularies of what is chosen are there.
  const { container } = await act(async () => render(<Owner />));
  return {
    ...noted,
    onChange,
    form,
    container,
    user: userEvent.setup()
  };
}

const field = (name: string | RegExp): HTMLElement =>
  screen.getByRole('textbox', { name });

/**
 * What assistive technology reads about a control beside its name.
 */
function description(control: HTMLElement): string {
  return (control.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map(id => document.getElementById(id)?.textContent)
    .join(' ');
}

describe('EntryForm', () => {
  it('has a labelled control for every member that a person writes', async () => {
    const { user } = await setup({ values: { license: 'other' } });
    for (const more of screen.getAllByRole('button', {
      name: 'More details'
    })) {
      await user.click(more);
    }
    await user.click(screen.getByRole('checkbox', { name: 'Distributed' }));
    for (const member of Object.values(schema.properties)) {
      if (member['x-section']) {
        const label = new RegExp(`^${member.title}( \\*)?$`);
        const named = screen.queryAllByLabelText(label);
        expect({ [label.source]: named.length }).not.toEqual({
          [label.source]: 0
        });
        expect(description(named[0] as HTMLElement)).toContain(
          member.description
        );
      }
    }
  });

  it('has headings for its sections, which fold', async () => {
    const { user, onSection } = await setup();
    expect(
      screen.getAllByRole('heading', { level: 3 }).map(it => it.textContent)
    ).toEqual(['Where the data is', 'About it', 'Loader', 'Review']);
    await user.click(screen.getByRole('button', { name: 'Where the data is' }));
    expect(
      screen.queryByRole('textbox', { name: 'Path of the data' })
    ).toBeNull();
    expect(onSection).toHaveBeenLastCalledWith('where', false);
  });

  it('tells each change, without what was emptied', async () => {
    const { user, onChange } = await setup({
      values: { name: 'iris', doi: '1' }
    });
    await user.type(field(/^Nickname/), '2');
    expect(onChange).toHaveBeenLastCalledWith({ name: 'iris2', doi: '1' });
    await user.clear(field(/^Nickname/));
    expect(onChange).toHaveBeenLastCalledWith({ doi: '1' });
  });

  it('keeps every letter when its owner draws late', async () => {
    const { user, onChange } = await setup({}, true);
    await user.type(field(/^Nickname/), 'iris');
    await user.type(field(/^Official/), 'Iris');
    expect(onChange).toHaveBeenLastCalledWith({
      name: 'iris',
      pretty_name: 'Iris'
    });
    expect(field(/^Nickname/)).toHaveValue('iris');
  });

  it('is silent about errors before the first try', async () => {
    await setup({ values: { name: 'a b' } });
    expect(screen.getByText('Fields with * are required.')).toBeVisible();
    expect(field(/^Nickname/)).not.toHaveAttribute('aria-invalid');
  });

  it('shows them at their field in the words of the schema, until they are mended', async () => {
    const { user } = await setup({
      values: { ...good, data_path: 'iris', name: 'a b' },
      showErrors: true
    });
    const path = field('Path of the data');
    expect(path).toHaveAttribute('aria-invalid', 'true');
    expect(description(path)).toContain(
      schema.properties.data_path?.['x-pattern-detail']
    );
    expect(screen.getByText('2 errors')).toHaveRole('status');
    await user.type(path, '{Home}/');
    expect(path).not.toHaveAttribute('aria-invalid');
    expect(screen.getByText('1 error', { selector: '[role]' })).toBeVisible();
    await user.type(path, '{Home}.');
    expect(path).toHaveAttribute('aria-invalid', 'true');
  });

  it('drops what the server found as soon as its field changes', async () => {
    const { user } = await setup({
      values: good,
      errors: [{ pointer: '/name', code: 'taken', detail: 'It is taken.' }],
      showErrors: true
    });
    expect(description(field(/^Nickname/))).toContain('It is taken.');
    await user.type(field(/^Nickname/), '2');
    expect(screen.queryByText(/It is taken/)).toBeNull();
  });

  it('walks from error to error, opening what is folded', async () => {
    const { user, onSection } = await setup({
      values: {
        ...good,
        data_path: 'iris',
        authors: [{ name: 'R. A. Fisher', orcid: '1' }],
        tags: ['a', ' b'],
        doi: 'x'
      },
      showErrors: true
    });
    await user.click(
      screen.getByRole('button', { name: /^Where the data is/ })
    );
    const next = screen.getByRole('button', { name: 'Next error' });
    const seen: (string | null)[] = [];
    for (let times = 0; times < 5; times += 1) {
      await user.click(next);
      const label = document.activeElement?.id ?? '';
      seen.push(
        document.querySelector(`label[for="${label}"]`)?.textContent ?? null
      );
    }
    expect(seen).toEqual([
      'Path of the data',
      'ORCID iD',
      'Tags',
      'DOI',
      'Path of the data'
    ]);
    expect(onSection).toHaveBeenLastCalledWith('where', true);
  });

  it('focuses the first error when its owner asks', async () => {
    const { form } = await setup({
      values: { pretty_name: 'Iris' },
      showErrors: true
    });
    let found: boolean | undefined;
    act(() => {
      found = form.current?.focusError();
    });
    expect(found).toBe(true);
    expect(field(/^Nickname/)).toHaveFocus();
  });

  it('finds no error to focus where there is none', async () => {
    const { form } = await setup({ values: good, showErrors: true });
    expect(form.current?.focusError()).toBe(false);
    expect(screen.getByText('No errors.')).toHaveRole('status');
  });

  it('shows above all else what has no field', async () => {
    await setup({
      values: { ...good, colour: 'red' },
      errors: [
        { pointer: '/colour', code: 'unknown_field', detail: 'No such field.' }
      ],
      showErrors: true
    });
    expect(screen.getByRole('alert')).toHaveTextContent('No such field.');
  });

  it('takes a better name with one click', async () => {
    const { user, onChange } = await setup({
      values: { ...good, name: 'Iris' },
      warnings: [
        {
          pointer: '/name',
          code: 'name_advice',
          detail: 'Better without capital letters.',
          suggestion: 'iris'
        }
      ]
    });
    expect(field(/^Nickname/)).not.toHaveAttribute('aria-invalid');
    await user.click(screen.getByRole('button', { name: 'Use “iris”' }));
    expect(onChange).toHaveBeenLastCalledWith(good);
    expect(field(/^Nickname/)).toHaveValue('iris');
    expect(screen.queryByText(/Better without/)).toBeNull();
  });

  it('asks for the name and link of a licence that is in no list only', async () => {
    const { user } = await setup({ values: good });
    expect(screen.queryByLabelText('Licence name')).toBeNull();
    const licence = screen.getByRole('combobox', { name: 'Licence' });
    await user.type(licence, 'other{Enter}');
    expect(screen.getByLabelText('Licence name')).toBeVisible();
  });

  it('edits the authors in their order', async () => {
    const { user, onChange } = await setup({
      values: { authors: [{ name: 'Anderson' }, { name: 'Fisher' }] }
    });
    await user.click(screen.getByRole('button', { name: 'Move author 2 up' }));
    expect(onChange).toHaveBeenLastCalledWith({
      authors: [{ name: 'Fisher' }, { name: 'Anderson' }]
    });
    expect(
      screen.getByRole('button', { name: 'Move author 1 down' })
    ).toHaveFocus();
    await user.click(screen.getByRole('button', { name: 'Add an author' }));
    await user.keyboard('Gosset');
    expect(onChange).toHaveBeenLastCalledWith({
      authors: [{ name: 'Fisher' }, { name: 'Anderson' }, { name: 'Gosset' }]
    });
    await user.click(screen.getByRole('button', { name: 'Remove author 3' }));
    expect(
      screen.getByRole('button', { name: 'Remove author 2' })
    ).toHaveFocus();
    await user.keyboard('{Enter}{Enter}');
    expect(onChange).toHaveBeenLastCalledWith({});
    expect(screen.getByRole('button', { name: 'Add an author' })).toHaveFocus();
  });

  it('keeps JSON as it is typed, and knows when it is none', async () => {
    const { user, onChange } = await setup({ values: good, showErrors: true });
    await user.click(
      screen.getAllByRole('button', { name: /More details/ })[1] as HTMLElement
    );
    const json = field('Further card data');
    await user.click(json);
    await user.paste('{"viewer":');
    expect(json).toHaveAccessibleDescription(/should be an object/);
    await user.paste(' false}');
    expect(json).toHaveValue('{"viewer": false}');
    expect(onChange).toHaveBeenLastCalledWith({
      ...good,
      card_data: { viewer: false }
    });
    expect(json).not.toHaveAttribute('aria-invalid');
  });

  it('shows scripts as they are, and lets them be picked and removed', async () => {
    const { user, ...told } = await setup({
      values: good,
      loader: { file_name: 'load.py', text: 'x = 1' }
    });
    expect(screen.getByText('x = 1')).toHaveAttribute(
      'data-language',
      'python'
    );
    await user.click(screen.getByRole('button', { name: 'Pick another…' }));
    await user.click(screen.getByRole('button', { name: 'Remove' }));
    await user.click(screen.getByRole('button', { name: 'Browse…' }));
    expect(told.onPickLoader).toHaveBeenCalledTimes(1);
    expect(told.onClearLoader).toHaveBeenCalledTimes(1);
    expect(told.onPickDataPath).toHaveBeenCalledTimes(1);
    await user.click(screen.getByRole('checkbox', { name: 'Distributed' }));
    await user.click(
      within(screen.getByRole('group', { name: 'Batch script' })).getByRole(
        'button'
      )
    );
    expect(told.onPickBatchScript).toHaveBeenCalledTimes(1);
  });

  it('knows a kernel that this server has not', async () => {
    await setup({ values: { kernel_name: 'nersc-python' } });
    expect(screen.getByRole('combobox', { name: 'Kernel' })).toHaveDisplayValue(
      'nersc-python (not on this server)'
    );
  });

  it('lists what will happen', async () => {
    const { user, onOptions } = await setup({
      plan: {
        actions: ['Make the repository nersc/iris'],
        files: [{ name: 'README.md', bytes: 2311, hub: true }]
      },
      children: <button type="button">Publish</button>
    });
    expect(screen.getByText('Make the repository nersc/iris')).toBeVisible();
    expect(screen.getByText(/2\.3 KiB · Hub and catalog/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Publish' })).toBeVisible();
    await user.click(screen.getByRole('checkbox', { name: 'Private' }));
    expect(onOptions).toHaveBeenLastCalledWith({
      private: true,
      create_pr: false
    });
  });

  it('says why a pull request is the only way', async () => {
    await setup({
      options: { private: false, create_pr: true },
      optionsNote: 'Your account may propose only.'
    });
    const box = screen.getByRole('checkbox', { name: 'As a pull request' });
    expect(box).toBeDisabled();
    expect(box).toHaveAccessibleDescription('Your account may propose only.');
  });

  it('changes nothing when it is read-only', async () => {
    const { user, onChange } = await setup({
      values: { ...good, authors: [{ name: 'Fisher' }] },
      readOnly: true
    });
    await user.type(field(/^Nickname/), 'x');
    expect(onChange).not.toHaveBeenCalled();
    expect(screen.queryByRole('button', { name: 'Add an author' })).toBeNull();
    expect(screen.getByRole('checkbox', { name: 'Private' })).toBeDisabled();
  });

  it('survives a draft whose members have other types', async () => {
    await setup({
      values: { name: 3, tags: 'csv', authors: ['Fisher', null] },
      showErrors: true
    });
    expect(
      screen.getByText('Tags should be a list.', { exact: false })
    ).toBeVisible();
  });

  it('has nothing that axe-core finds', async () => {
    const { container, user } = await setup({
      values: { ...good, data_path: 'iris', authors: [{}], tags: ['csv', ' '] },
      loader: { file_name: 'load.py', text: 'x = 1' },
      showErrors: true
    });
    await user.type(screen.getByRole('combobox', { name: 'Tags' }), 'bio');
    const { violations } = await axe.run(container, {
      // jsdom draws nothing.
      rules: { 'color-contrast': { enabled: false } }
    });
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  });
});
