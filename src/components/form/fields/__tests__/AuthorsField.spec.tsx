import '@testing-library/jest-dom';
import { screen } from '@testing-library/react';

import { setup } from '../../__tests__/formSetup';

describe('AuthorsField', () => {
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

  it('shows the errors of an author at their field only', async () => {
    await setup({
      values: { authors: [{ name: 'Fisher', orcid: '1' }] },
      showErrors: true
    });
    const cell = screen.getByLabelText('ORCID iD');
    expect(cell).toHaveAttribute('aria-invalid', 'true');
    expect(screen.getByLabelText(/^Name/)).not.toHaveAttribute('aria-invalid');
  });

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
