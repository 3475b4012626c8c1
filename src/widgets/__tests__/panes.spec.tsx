import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { Signal } from '@lumino/signaling';
import { act, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { entryAnswer, summaryAnswer } from '../../api/__tests__/answers';
import { layOut } from '../../components/common/__tests__/layout';
import { CatalogError } from '../../errors';
import { BrowsePane, DraftsPane, EntryPane } from '../panes';
import { workbenchOver } from './bench';

layOut();

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
        getVocabulary: async () => ({ terms: [] }),
        listRecords: async () => ({
          records: [summaryAnswer({ license: 'mit' })],
          unfinished: [],
          catalog: { root: '/catalog', writable: true }
        })
      },
      { settings: settings as unknown as ISettingRegistry.ISettings }
    );
    await workbench.catalog.refresh();
    render(<BrowsePane workbench={workbench} />);
    const row = await screen.findByRole('button', { name: /^Iris/ });
    expect(row.textContent).toBe('Irisiris');
    act(() => settings.set('columns', ['license']));
    expect(row.textContent).toBe('Irismit');
    workbench.catalog.dispose();
  });
});

describe('EntryPane', () => {
  it('says why an entry cannot be read, and tries again', async () => {
    const getEntry = jest
      .fn(async () => entryAnswer())
      .mockRejectedValueOnce(new CatalogError('not_found', 'It was retired.'));
    const { workbench } = workbenchOver({ getEntry });
    await workbench.catalog.openEntry('iris');
    render(<EntryPane workbench={workbench} name="iris" />);
    expect(screen.getByRole('alert').textContent).toContain('It was retired.');
    fireEvent.click(screen.getByText('Try again'));
    expect(await screen.findByRole('heading', { name: 'Iris' })).not.toBeNull();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('has no button for what this application cannot do', async () => {
    const { workbench } = workbenchOver({
      getEntry: async () => entryAnswer({ contents: { data: 'iris' } })
    });
    await workbench.catalog.openEntry('iris');
    render(<EntryPane workbench={workbench} name="iris" />);
    expect(screen.getByText('/data/iris').tagName).toBe('SPAN');
    expect(screen.queryByText('Insert loader')).toBeNull();
  });

  it('shows folders in the file browser where there is one', async () => {
    const { workbench, services } = workbenchOver({
      getEntry: async () => entryAnswer({ contents: { data: 'iris' } })
    });
    const execute = jest.fn();
    services.commands.addCommand('filebrowser:go-to-path', {
      execute,
      describedBy: { args: null }
    });
    await workbench.catalog.openEntry('iris');
    render(<EntryPane workbench={workbench} name="iris" />);
    fireEvent.click(screen.getByText('/data/iris'));
    expect(execute).toHaveBeenCalledWith({ path: 'iris' });
  });
});

describe('DraftsPane', () => {
  it('asks for the drafts when it is shown, and goes on with one', async () => {
    const { workbench } = workbenchOver({
      listDrafts: async () => ({
        drafts: [
          { id: 'd1', etag: '1', updated_at: '2026-01-01', title: 'Wine' }
        ]
      })
    });
    render(<DraftsPane workbench={workbench} />);
    fireEvent.click(await screen.findByText('Wine'));
    await act(() => workbench.drafts.open('d1'));
    expect(workbench.navigation.view).toEqual({ kind: 'draft', id: 'd1' });
  });
});
