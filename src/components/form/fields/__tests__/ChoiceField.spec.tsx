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
});
