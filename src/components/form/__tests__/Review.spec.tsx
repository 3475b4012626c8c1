import '@testing-library/jest-dom';
import { screen } from '@testing-library/react';
import React from 'react';

import { setup } from './formSetup';

describe('Review', () => {
  it('shows the plan, the options and the buttons', async () => {
    const { user, onOptions } = await setup({
      plan: {
        actions: ['Make the repository nersc/iris'],
        files: [{ name: 'README.md', bytes: 2311, hub: true }]
      },
      children: <button type="button">Generate</button>,
      footer: <button type="button">Publish</button>
    });
    expect(screen.getByText('Make the repository nersc/iris')).toBeVisible();
    expect(screen.getByText(/2\.31 kB · Hub and catalog/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Generate' })).toBeVisible();
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

  it('says what a preview is for until there is one', async () => {
    await setup();
    expect(screen.getByText(/what publishing will do\.$/)).toBeVisible();
  });
});
