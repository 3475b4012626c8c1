import '@testing-library/jest-dom';
import { screen } from '@testing-library/react';

import { field, good, setup } from '../../__tests__/formSetup';

describe('ObjectField', () => {
  it('keeps JSON as it is typed, and finds what is not JSON', async () => {
    const { user, onChange } = await setup({ values: good, showErrors: true });
    await user.click(screen.getByRole('button', { name: /^More details/ }));
    const json = field('Further card data');
    await user.click(json);
    await user.paste('{"viewer":');
    expect(json).toHaveAccessibleDescription(/should be an object/);
    await user.paste(' false}');
    expect(json).toHaveValue('{"viewer": false}');
    expect(onChange).toHaveBeenLastCalledWith({
      ...good,
      card_data: { viewer: false }
    });
    expect(json).not.toHaveAttribute('aria-invalid');
  });
});
