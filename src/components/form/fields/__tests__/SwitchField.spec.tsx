import '@testing-library/jest-dom';
import { screen } from '@testing-library/react';

import { description, good, setup } from '../../__tests__/formSetup';

describe('SwitchField', () => {
  it('is a checkbox with help and errors', async () => {
    const { onChange, user } = await setup({
      values: good,
      errors: [
        { pointer: '/is_distributed', code: 'conflict', detail: 'Not that.' }
      ],
      showErrors: true
    });
    await user.click(screen.getByRole('button', { name: /^More details/ }));
    const box = screen.getByRole('checkbox', { name: 'Distributed' });
    expect(box).not.toBeChecked();
    expect(description(box)).toContain('Not that.');
    await user.click(box);
    expect(onChange).toHaveBeenLastCalledWith({
      ...good,
      is_distributed: true
    });
  });
});
