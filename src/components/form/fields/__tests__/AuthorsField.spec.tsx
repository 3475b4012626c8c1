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
});
