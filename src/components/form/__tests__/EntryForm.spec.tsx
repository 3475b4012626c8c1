import '@testing-library/jest-dom';
import { screen, within } from '@testing-library/react';
import axe from 'axe-core';
import React from 'react';

import { description, field, good, schema, setup } from './formSetup';

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

  it('edits awards as rows, and shows neither contents nor verification', async () => {
    const { user, onChange } = await setup({
      values: { funding: [{ funder: 'NSF' }], verification: { status: 'x' } }
    });
    await user.click(
      screen.getAllByRole('button', { name: /More details/ })[1] as HTMLElement
    );
    await user.click(screen.getByRole('button', { name: 'Add a row' }));
    await user.keyboard('DOE');
    await user.click(screen.getByRole('button', { name: 'Remove row 1' }));
    expect(onChange).toHaveBeenLastCalledWith({
      funding: [{ funder: 'DOE' }],
      verification: { status: 'x' }
    });
    expect(screen.queryByLabelText(/Verif|Contents|Distributions/)).toBeNull();
    expect(screen.getAllByLabelText('Code')).not.toHaveLength(0);
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
