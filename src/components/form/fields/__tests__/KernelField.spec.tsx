import '@testing-library/jest-dom';
import { fireEvent, screen } from '@testing-library/react';

import { setup } from '../../__tests__/formSetup';

describe('KernelField', () => {
  it('shows a kernel that this server does not have', async () => {
    await setup({ values: { kernel_name: 'nersc-python' } });
    expect(screen.getByRole('combobox', { name: 'Kernel' })).toHaveDisplayValue(
      'nersc-python (not on this server)'
    );
  });

  it('offers the kernels of this server', async () => {
    const { onChange } = await setup({ values: { name: 'iris' } });
    const kernel = screen.getByRole('combobox', { name: 'Kernel' });
    expect(kernel).toHaveDisplayValue("The centre's default");
    fireEvent.change(kernel, { target: { value: 'python3' } });
    expect(onChange).toHaveBeenLastCalledWith({
      name: 'iris',
      kernel_name: 'python3'
    });
  });
});
