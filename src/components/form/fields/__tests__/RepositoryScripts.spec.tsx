import '@testing-library/jest-dom';
import { screen } from '@testing-library/react';

import { good, setup } from '../../__tests__/formSetup';

const repositoryScripts = ['load.py', 'fetch.sh'];

describe('RepositoryScripts', () => {
  it('offers each script of the repository as the loader', async () => {
    const onUseRepositoryLoader = jest.fn();
    const { user } = await setup({
      values: good,
      repositoryScripts,
      onUseRepositoryLoader
    });
    await user.click(
      screen.getByRole('button', { name: 'Use load.py from the repository' })
    );
    expect(onUseRepositoryLoader).toHaveBeenCalledWith('load.py');
    expect(
      screen.getByRole('button', { name: 'Use fetch.sh from the repository' })
    ).toBeInTheDocument();
  });

  it('shows the one that was chosen, and lets it go', async () => {
    const onUseRepositoryLoader = jest.fn();
    const { user } = await setup({
      values: good,
      repositoryScripts,
      loaderInRepository: 'load.py',
      onUseRepositoryLoader
    });
    expect(screen.getByText('load.py from the repository')).toBeVisible();
    expect(screen.queryByRole('button', { name: /^Use/ })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Do not use it' }));
    expect(onUseRepositoryLoader).toHaveBeenCalledWith(null);
  });

  it('offers nothing where a script was picked', async () => {
    await setup({
      values: good,
      repositoryScripts,
      loader: { file_name: 'my.py', text: 'x = 1' },
      onUseRepositoryLoader: jest.fn()
    });
    expect(screen.queryByRole('button', { name: /^Use/ })).toBeNull();
  });
});
