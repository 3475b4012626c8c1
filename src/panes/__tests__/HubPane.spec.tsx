import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { showDataset } from '../../actions/views';
import { draftAnswer, hubDatasetAnswer } from '../../api/__tests__/answers';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import { HubPane } from '../HubPane';

describe('HubPane', () => {
  it('shows what the Hub says, and brings it into the catalog', async () => {
    const adoptHubDataset = jest.fn(async () => draftAnswer());
    const { workbench } = workbenchOver({
      getHubDataset: async () => hubDatasetAnswer({ n_bytes: 1_230_000 }),
      adoptHubDataset
    });
    showDataset(workbench, 'NERSC/tides');
    render(<HubPane workbench={workbench} repoId="NERSC/tides" />);
    expect(
      await screen.findByRole('heading', { name: 'Tides' })
    ).not.toBeNull();
    expect(screen.getByText('1.23 MB')).not.toBeNull();
    fireEvent.click(screen.getByText('Adopt…'));
    await screen.findByText('Tides');
    expect(adoptHubDataset).toHaveBeenCalledWith('tides');
    expect(workbench.navigation.view).toEqual({ kind: 'draft', id: '0123' });
  });

  it('does not take the repository of another organization for it', async () => {
    const { workbench } = workbenchOver({
      getHubDataset: async () => hubDatasetAnswer()
    });
    showDataset(workbench, 'other/tides');
    render(<HubPane workbench={workbench} repoId="other/tides" />);
    await screen.findByText('There is no dataset "other/tides"');
    fireEvent.click(screen.getByText('Search for it'));
    expect(workbench.search.search.q).toBe('tides');
  });
});
