import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { Signal } from '@lumino/signaling';
import { act, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { summaryAnswer } from '../../api/__tests__/answers';
import { layOut } from '../../components/common/__tests__/layout';
import { BrowsePane, DraftsPane } from '../panes';
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
