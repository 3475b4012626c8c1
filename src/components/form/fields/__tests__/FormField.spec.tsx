import '@testing-library/jest-dom';
import { screen } from '@testing-library/react';
import React from 'react';

import { good, setup } from '../../__tests__/formSetup';

describe('FormField', () => {
  it('has the note of its member', async () => {
    await setup({
      values: good,
      notes: { name: <b>Taken.</b>, data_path: 'You can open it.' }
    });
    expect(screen.getByText('Taken.')).toBeVisible();
    expect(screen.getByText('You can open it.')).toBeVisible();
  });

  it('has no button to browse in a read-only form', async () => {
    const { onPickDataPath, user } = await setup({ values: good });
    await user.click(screen.getByRole('button', { name: 'Browse…' }));
    expect(onPickDataPath).toHaveBeenCalledTimes(1);
  });

  it('has none if it is read-only', async () => {
    await setup({ values: good, readOnly: true });
    expect(screen.queryByRole('button', { name: 'Browse…' })).toBeNull();
  });
});
