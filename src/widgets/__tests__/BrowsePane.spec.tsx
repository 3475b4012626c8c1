import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { Signal } from '@lumino/signaling';
import { act, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { datasetAnswer, pageAnswer } from '../../api/__tests__/answers';
import { layOut } from '../../components/common/__tests__/layout';
import { BrowsePane } from '../BrowsePane';
import { workbenchOver } from './bench';

layOut();

const terms = async () => ({ terms: [] });

/**
 * Settings of which a test changes one.
 */
function settingsOf(values: Record<string, unknown>) {
  const settings = {
    get: (name: string) => ({ composite: values[name], user: undefined })
  };
  const changed = new Signal<typeof settings, void>(settings);
  return Object.assign(settings, {
    changed,
    set: (name: string, value: unknown) => {
      values[name] = value;
      changed.emit();
    }
  });
}

describe('BrowsePane', () => {
  it('follows the settings while it is shown', async () => {
    const settings = settingsOf({ columns: ['name'] });
    const { workbench } = workbenchOver(
      {
        getVocabulary: terms,
        searchDatasets: async () =>
          pageAnswer([datasetAnswer({ license: 'mit' })])
      },
      { settings: settings as unknown as ISettingRegistry.ISettings }
    );
    await workbench.search.refresh();
    render(<BrowsePane workbench={workbench} />);
    const row = await screen.findByRole('button', { name: /^Iris/ });
    expect(row.textContent).toBe('Irisiris');
    act(() => settings.set('columns', ['license']));
    expect(row.textContent).toBe('Irismit');
    workbench.search.dispose();
  });

  it('asks who can open what is in sight, but not what is only on the Hub', async () => {
    const checkAccess = jest.fn(async () => ({
      access: { iris: { status: 'unreadable' as const, group: 'm1234' } }
    }));
    const { workbench } = workbenchOver({
      getVocabulary: terms,
      checkAccess,
      searchDatasets: async () =>
        pageAnswer([
          datasetAnswer({ data_path: '/data/iris' }),
          datasetAnswer({ id: 'nowhere', name: 'nowhere' }),
          datasetAnswer({ id: 'NERSC/tides', name: 'tides', source: 'hub' })
        ])
    });
    await workbench.search.refresh();
    render(<BrowsePane workbench={workbench} />);
    expect(await screen.findByText('Ask group m1234')).not.toBeNull();
    expect(checkAccess).toHaveBeenCalledTimes(1);
    expect(checkAccess).toHaveBeenCalledWith(['iris']);
    workbench.search.dispose();
  });

  it('narrows the list by what is checked, and widens it by its chip', async () => {
    const searchDatasets = jest.fn(async () =>
      pageAnswer([datasetAnswer()], {
        facets: [{ facet: 'format', values: [{ value: 'hdf5', count: 1 }] }]
      })
    );
    const { workbench } = workbenchOver({
      getVocabulary: async list => ({
        terms: list === 'formats' ? [{ id: 'hdf5', label: 'HDF5' }] : []
      }),
      searchDatasets
    });
    await workbench.search.refresh();
    render(<BrowsePane workbench={workbench} />);
    fireEvent.click(screen.getByRole('button', { name: 'Filters' }));
    fireEvent.click(await screen.findByRole('checkbox', { name: /HDF5/ }));
    expect(workbench.searchText).toBe('format=hdf5');
    fireEvent.click(
      await screen.findByRole('button', { name: 'Remove Format: HDF5' })
    );
    expect(workbench.searchText).toBe('');
    workbench.search.dispose();
  });
});
