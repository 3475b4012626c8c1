import '@testing-library/jest-dom';
import { act, screen } from '@testing-library/react';

import { description, field, good, schema, setup } from './formSetup';

describe('the errors of an EntryForm', () => {
  it('is silent about errors before the first try', async () => {
    await setup({ values: { name: 'a b' } });
    expect(screen.getByText('Fields with * are required.')).toBeVisible();
    expect(field(/^Nickname/)).not.toHaveAttribute('aria-invalid');
  });

  it('shows what is wrong in a field that was left, but not what is missing', async () => {
    const { user } = await setup({ values: { data_path: 'iris' } });
    expect(field('Path of the data')).not.toHaveAttribute('aria-invalid');
    await user.click(field('Path of the data'));
    expect(field('Path of the data')).not.toHaveAttribute('aria-invalid');
    await user.tab();
    expect(field('Path of the data')).toHaveAttribute('aria-invalid', 'true');
    expect(screen.getByText('1 error', { selector: '[role]' })).toBeVisible();
    await user.click(field(/^Nickname/));
    await user.tab();
    expect(field(/^Nickname/)).not.toHaveAttribute('aria-invalid');
  });

  it('leaves a new row alone until it was left, also after a try', async () => {
    const { user } = await setup({ values: good, showErrors: true });
    await user.click(screen.getByRole('button', { name: 'Add an author' }));
    const name = screen.getByLabelText('Name');
    expect(name).toHaveFocus();
    expect(name).not.toHaveAttribute('aria-invalid');
    await user.tab();
    expect(name).toHaveAttribute('aria-invalid', 'true');
  });

  it('shows them at their fields, in the words of the schema, until they are fixed', async () => {
    const { user } = await setup({
      values: { ...good, data_path: 'iris', name: 'a b' },
      showErrors: true
    });
    const path = field('Path of the data');
    expect(path).toHaveAttribute('aria-invalid', 'true');
    expect(description(path)).toContain(
      schema.properties.data_path?.['x-pattern-detail']
    );
    expect(
      screen.getByText('2 errors', { selector: '[role=status]' })
    ).toBeVisible();
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
        doi: 'x',
        homepage: 'x'
      },
      showErrors: true
    });
    await user.click(screen.getByRole('button', { name: /^The dataset/ }));
    const next = screen.getByRole('button', { name: 'Next error' });
    const seen: (string | null)[] = [];
    for (let times = 0; times < 6; times += 1) {
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
      'Home page',
      'Path of the data'
    ]);
    expect(onSection.mock.calls).toEqual([
      ['first', false],
      ['first', true],
      ['more', true]
    ]);
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

  it('focuses nothing if there is no error', async () => {
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
});
