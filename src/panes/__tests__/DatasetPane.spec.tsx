import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { showDataset } from '../../actions/views';
import { entryAnswer } from '../../api/__tests__/answers';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import { CatalogError } from '../../types/errors';
import { DatasetPane } from '../DatasetPane';

const gone = () => Promise.reject(new CatalogError('not_found', 'Retired.'));

describe('DatasetPane', () => {
  it('says why an entry cannot be read, and tries again', async () => {
    const getEntry = jest
      .fn(async () => entryAnswer())
      .mockRejectedValueOnce(new CatalogError('no_connection', 'Away.'));
    const { workbench } = workbenchOver({ getEntry });
    showDataset(workbench, 'iris');
    render(<DatasetPane workbench={workbench} name="iris" />);
    expect((await screen.findByRole('alert')).textContent).toContain('Away.');
    fireEvent.click(screen.getByText('Try again'));
    expect(await screen.findByRole('heading', { name: 'Iris' })).not.toBeNull();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('leads back to the list from a dataset that there is not', async () => {
    const { workbench } = workbenchOver({ getEntry: gone });
    showDataset(workbench, 'irsi');
    render(<DatasetPane workbench={workbench} name="irsi" />);
    await screen.findByText('There is no dataset "irsi"');
    expect(screen.getByText('Retired.')).not.toBeNull();
    fireEvent.click(screen.getByText('Search for it'));
    expect(workbench.navigation.view.kind).toBe('browse');
    expect(workbench.search.search.q).toBe('irsi');
  });

  it('has no button for what this application cannot do', async () => {
    const { workbench } = workbenchOver({
      getEntry: async () => entryAnswer({ contents: { data: 'iris' } })
    });
    showDataset(workbench, 'iris');
    render(<DatasetPane workbench={workbench} name="iris" />);
    expect((await screen.findByText('/data/iris')).tagName).toBe('SPAN');
    expect(screen.queryByText('Insert loader')).toBeNull();
  });

  it('shows folders in the file browser if there is one', async () => {
    const { workbench, services } = workbenchOver({
      getEntry: async () => entryAnswer({ contents: { data: 'iris' } })
    });
    const execute = jest.fn();
    services.commands.addCommand('filebrowser:go-to-path', {
      execute,
      describedBy: { args: null }
    });
    showDataset(workbench, 'iris');
    render(<DatasetPane workbench={workbench} name="iris" />);
    fireEvent.click(await screen.findByText('/data/iris'));
    expect(execute).toHaveBeenCalledWith({ path: 'iris' });
  });

  it('loads the citations when they are opened, and keeps them open', async () => {
    const listCitations = jest.fn(async () => ({ citations: [] }));
    const { workbench } = workbenchOver({ listCitations });
    showDataset(workbench, 'iris');
    const first = render(<DatasetPane workbench={workbench} name="iris" />);
    fireEvent.click(await screen.findByRole('button', { name: 'Cite' }));
    expect(await screen.findByText(/does not know enough/)).not.toBeNull();
    first.unmount();
    render(<DatasetPane workbench={workbench} name="iris" />);
    expect(screen.getByText(/does not know enough/)).not.toBeNull();
    expect(listCitations).toHaveBeenCalledTimes(1);
  });
});
