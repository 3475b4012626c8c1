import '@testing-library/jest-dom';
import { screen, within } from '@testing-library/react';

import { good, setup } from '../../__tests__/formSetup';

describe('ScriptField', () => {
  it('shows the script, and picks and removes it', async () => {
    const { user, ...callbacks } = await setup({
      values: good,
      loader: { file_name: 'load.py', text: 'x = 1' }
    });
    expect(screen.getByText('x = 1')).toHaveAttribute(
      'data-language',
      'python'
    );
    await user.click(screen.getByRole('button', { name: 'Choose another…' }));
    await user.click(screen.getByRole('button', { name: 'Remove' }));
    await user.click(screen.getByRole('button', { name: 'Browse…' }));
    expect(callbacks.onPickLoader).toHaveBeenCalledTimes(1);
    expect(callbacks.onClearLoader).toHaveBeenCalledTimes(1);
    expect(callbacks.onPickDataPath).toHaveBeenCalledTimes(1);
    await user.click(screen.getByRole('button', { name: 'More details' }));
    await user.click(screen.getByRole('checkbox', { name: 'Distributed' }));
    await user.click(
      within(screen.getByRole('group', { name: 'Batch script' })).getByRole(
        'button'
      )
    );
    expect(callbacks.onPickBatchScript).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['load.R', 'r'],
    ['run.sbatch', 'shell'],
    ['readme', 'text']
  ])('highlights %s as %s', async (file_name, language) => {
    await setup({ values: good, loader: { file_name, text: 'x = 1' } });
    expect(screen.getByText('x = 1')).toHaveAttribute(
      'data-language',
      language
    );
  });
});
