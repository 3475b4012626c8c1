import '@testing-library/jest-dom';
import { screen } from '@testing-library/react';
import axe from 'axe-core';

import { description, field, good, schema, setup } from './formSetup';

describe('EntryForm', () => {
  it('has a labelled control for every member that the user writes', async () => {
    const { user } = await setup({ values: { license: 'other' } });
    await user.click(screen.getByRole('button', { name: 'More details' }));
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

  it('has a heading for each section, which can be collapsed', async () => {
    const { user, onSection } = await setup();
    expect(
      screen.getAllByRole('heading', { level: 3 }).map(it => it.textContent)
    ).toEqual(['The dataset', 'More details', 'Review']);
    await user.click(screen.getByRole('button', { name: 'The dataset' }));
    expect(
      screen.queryByRole('textbox', { name: 'Path of the data' })
    ).toBeNull();
    expect(onSection).toHaveBeenLastCalledWith('first', false);
  });

  it('reports each change, without empty members', async () => {
    const { user, onChange } = await setup({
      values: { name: 'iris', doi: '1' }
    });
    await user.type(field(/^Nickname/), '2');
    expect(onChange).toHaveBeenLastCalledWith({ name: 'iris2', doi: '1' });
    await user.clear(field(/^Nickname/));
    expect(onChange).toHaveBeenLastCalledWith({ doi: '1' });
  });

  it('keeps every letter if its owner renders late', async () => {
    const { user, onChange } = await setup({}, true);
    await user.type(field(/^Nickname/), 'iris');
    await user.type(field(/^Official/), 'Iris');
    expect(onChange).toHaveBeenLastCalledWith({
      name: 'iris',
      pretty_name: 'Iris'
    });
    expect(field(/^Nickname/)).toHaveValue('iris');
  });

  it('shows the fields for a licence that is not in the list only if they are needed', async () => {
    const { user } = await setup({ values: good });
    expect(screen.queryByLabelText('Licence name')).toBeNull();
    const licence = screen.getByRole('combobox', { name: 'Licence' });
    await user.type(licence, 'other{Enter}');
    expect(screen.getByLabelText('Licence name')).toBeVisible();
  });

  it('edits awards as rows, and shows neither contents nor verification', async () => {
    const { user, onChange } = await setup({
      values: { funding: [{ funder: 'NSF' }], verification: { status: 'x' } }
    });
    await user.click(screen.getByRole('button', { name: 'More details' }));
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
      // jsdom has no layout.
      rules: { 'color-contrast': { enabled: false } }
    });
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  });
});
