import '@testing-library/jest-dom';
import { screen } from '@testing-library/react';

import { setup } from '../../__tests__/formSetup';

describe('AuthorRow', () => {
  it('has one line an author, from which the rest is unfolded', async () => {
    const { user } = await setup({
      values: {
        authors: [{ name: 'Fisher', affiliation: 'Rothamsted' }, { name: 'B' }]
      }
    });
    const [first, second] = screen.getAllByRole('button', {
      name: /^ORCID iD and affiliation of author/
    });
    expect(first).toHaveClass('hnl-mod-filled');
    expect(second).not.toHaveClass('hnl-mod-filled');
    expect(second).toHaveAttribute('aria-expanded', 'false');
    await user.click(second!);
    expect(second).toHaveAttribute('aria-expanded', 'true');
    expect(second!.closest('li')).toHaveClass('hnl-mod-open');
    expect(first!.closest('li')).not.toHaveClass('hnl-mod-open');
  });

  it('unfolds a row whose folded cells have an error', async () => {
    await setup({
      values: { authors: [{ name: 'Fisher', orcid: '1' }] },
      showErrors: true
    });
    expect(
      screen.getByRole('button', { name: /^ORCID iD and affiliation/ })
    ).toHaveAttribute('aria-expanded', 'true');
  });
});
