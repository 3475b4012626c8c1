import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { Signal } from '@lumino/signaling';
import { act, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import {
  datasetAnswer,
  jobAnswer,
  pageAnswer
} from '../../api/__tests__/answers';
import { layOut } from '../../components/__tests__/layout';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import { BrowsePane } from '../BrowsePane';

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
  it('follows the settings', async () => {
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

  it('checks who can open the visible datasets, but not those on the Hub only', async () => {
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

  it('filters the list by a value, and removes the filter with its chip', async () => {
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
    expect(workbench.search.query).toBe('format=hdf5');
    fireEvent.click(
      await screen.findByRole('button', { name: 'Remove Format: HDF5' })
    );
    expect(workbench.search.query).toBe('');
    workbench.search.dispose();
  });

  it('resumes and undoes unfinished publications that have no job', async () => {
    const startJob = jest.fn(async () =>
      jobAnswer({ id: 'j2', name: 'tides', state: 'succeeded' })
    );
    const { workbench } = workbenchOver({
      getVocabulary: terms,
      startJob,
      getUnfinished: async name => ({
        name,
        account: 'ada',
        is_own: true,
        etag: 'e1',
        resume: ['Send README.md'],
        undo: []
      }),
      searchDatasets: async () =>
        pageAnswer([datasetAnswer()], {
          unfinished: ['tides', 'wine', 'waves', 'storms']
        }),
      listJobs: async () => ({
        jobs: [jobAnswer({ name: 'wine', state: 'failed', kept: true })]
      })
    });
    await workbench.search.refresh();
    await workbench.jobs.refresh();
    render(<BrowsePane workbench={workbench} />);
    const resume = await screen.findAllByRole('button', { name: /^Resume/ });
    expect(resume.map(it => it.getAttribute('aria-label'))).toEqual([
      'Resume the publication of tides',
      'Resume the publication of waves'
    ]);
    fireEvent.click(screen.getByText('Show 1 more unfinished publication'));
    expect(screen.getByText(/“storms” was not finished/)).not.toBeNull();
    await act(async () => fireEvent.click(resume[0]!));
    expect(startJob).toHaveBeenCalledWith({ kind: 'resume', name: 'tides' });
    expect(workbench.navigation.view).toEqual({ kind: 'job', id: 'j2' });
    workbench.search.dispose();
    workbench.jobs.dispose();
  });
});
