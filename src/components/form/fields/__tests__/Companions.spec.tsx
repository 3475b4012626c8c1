import '@testing-library/jest-dom';
import { screen } from '@testing-library/react';

import { good, setup } from '../../__tests__/formSetup';

const helpers = {
  name: 'helpers.py',
  checked: false,
  member: 'loader' as const
};
const vars = { name: 'vars.sh', checked: true, member: 'loader' as const };
const loader = { file_name: 'load.py', text: 'import helpers' };
const warnings = [
  {
    pointer: '/loader',
    code: 'companion',
    detail: 'load.py needs helpers.py, which stays behind.',
    suggestion: 'helpers.py'
  }
];

describe('Companions', () => {
  it('has a tick for each file, and says which one was changed', async () => {
    const onCompanion = jest.fn();
    const { user } = await setup({
      values: good,
      checked: good,
      loader,
      warnings,
      companions: [helpers, vars],
      onCompanion
    });
    const group = screen.getByRole('group', {
      name: 'Files that it needs'
    });
    expect(group).toHaveAccessibleDescription(/others are not/);
    const tick = screen.getByRole('checkbox', { name: 'helpers.py' });
    expect(tick).not.toBeChecked();
    expect(screen.getByRole('checkbox', { name: 'vars.sh' })).toBeChecked();
    // The tick says what the warning does.
    expect(screen.queryByText(warnings[0]!.detail)).toBeNull();
    await user.click(tick);
    expect(onCompanion).toHaveBeenCalledWith(helpers, true);
    await user.click(screen.getByRole('checkbox', { name: 'vars.sh' }));
    expect(onCompanion).toHaveBeenCalledWith(vars, false);
  });

  it('warns where there is no tick', async () => {
    await setup({ values: good, checked: good, loader, warnings });
    expect(screen.getByText(warnings[0]!.detail)).toBeInTheDocument();
    expect(screen.queryByText('Files that it needs')).toBeNull();
  });
});
