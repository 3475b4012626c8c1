import '@testing-library/jest-dom';
import { screen } from '@testing-library/react';

import { good, setup } from '../../__tests__/formSetup';

describe('ChoiceField', () => {
  it('is one term of a vocabulary', async () => {
    const { onChange, user } = await setup({ values: good });
    const licence = screen.getByRole('combobox', { name: 'Licence' });
    await user.type(licence, 'MIT{Enter}');
    expect(onChange).toHaveBeenLastCalledWith({ ...good, license: 'mit' });
  });

  it('is several words, in the vocabulary or not', async () => {
    const { onChange, user } = await setup({ values: good });
    const tags = screen.getByRole('combobox', { name: 'Tags' });
    await user.type(tags, 'my tag,astronomy,');
    expect(onChange).toHaveBeenLastCalledWith({
      ...good,
      tags: ['my tag', 'astronomy']
    });
  });

  it('marks the term that has an error or a warning', async () => {
    await setup({
      values: { ...good, tags: ['ok', ' b', 'own'] },
      warnings: [
        { pointer: '/tags/2', code: 'free_tag', detail: 'Not in the list.' }
      ],
      showErrors: true
    });
    const chips = ['ok', 'b', 'own'].map(
      text => screen.getByText(text, { exact: true }).closest('li')?.className
    );
    expect(chips).toEqual([
      'hnl-Chips-item',
      'hnl-Chips-item hnl-mod-error',
      'hnl-Chips-item hnl-mod-warning'
    ]);
    // A tag that is not in the list is only marked.
    expect(screen.queryByText(/Not in the list/)).toBeNull();
  });

  it('is one size, by its number of rows, with its list closed after it', async () => {
    const { onChange, user } = await setup({ values: good });
    const size = screen.getByRole('combobox', { name: /^Size/ });
    await user.clear(size);
    await user.type(size, '6,000 rows{Enter}');
    const changed = { ...good, size_categories: ['1K<n<10K'] };
    expect(onChange).toHaveBeenLastCalledWith(changed);
    expect(size).toHaveAttribute('aria-expanded', 'false');
    expect(screen.getByText(/\(1K<n<10K\)/)).toBeVisible();
    await user.clear(size);
    await user.type(size, '20000');
    await user.tab();
    expect(onChange).toHaveBeenLastCalledWith({
      ...good,
      size_categories: ['10K<n<100K']
    });
  });

  it('has the code and the full name of a licence below it', async () => {
    await setup({ values: { ...good, license: 'cc-by-4.0' } });
    expect(
      screen.getByText(
        'Creative Commons Attribution 4.0 International (cc-by-4.0)'
      )
    ).toBeVisible();
  });
});
