import { act, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { pressInDialog } from '../../actions/__tests__/dialog';
import {
  draftAnswer,
  draftSummaryAnswer,
  jobAnswer,
  locationAnswer,
  previewAnswer,
  sessionAnswer
} from '../../api/__tests__/answers';
import { suggestionsAnswer } from '../../api/__tests__/suggestions';
import { layOut } from '../../components/__tests__/layout';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import { CatalogError } from '../../types/errors';
import { DraftPane } from '../DraftPane';

layOut();

const schema = {
  required: ['name'],
  properties: { name: { title: 'Nickname', 'x-section': 'about' } }
};

const withLoader = {
  required: ['loader'],
  properties: {
    loader: {
      title: 'Loader',
      'x-section': 'loader',
      'x-widget': 'script'
    }
  }
};

const preview = previewAnswer();

async function show(answers: Parameters<typeof workbenchOver>[0] = {}) {
  const { workbench, services } = workbenchOver({
    getSchema: async () => ({ schema, version: 1 }),
    getVocabulary: async () => ({ terms: [] }),
    writeDraft: async (id, content) => draftAnswer(content, { id, etag: '2' }),
    getEntry: () => Promise.reject(new CatalogError('not_found', 'Free.')),
    previewDraft: async () => preview,
    ...answers
  });
  await services.session.check();
  const draft = (await workbench.drafts.create({}))!;
  const onPublished = jest.fn();
  const onDiscarded = jest.fn();
  await act(async () => {
    render(
      <DraftPane
        workbench={workbench}
        draft={draft}
        previewInside
        onPublished={onPublished}
        onDiscarded={onDiscarded}
      />
    );
  });
  return { workbench, draft, onPublished, onDiscarded };
}

const press = (label: string) =>
  act(async () => fireEvent.click(screen.getByRole('button', { name: label })));

describe('DraftPane', () => {
  it('changes the draft, whose title is its name until it has one', async () => {
    const { draft } = await show();
    fireEvent.change(screen.getByRole('textbox', { name: /^Nickname/ }), {
      target: { value: 'wine' }
    });
    expect(draft.content.values).toEqual({ name: 'wine' });
    expect(draft.content.title).toBe('wine');
    draft.dispose();
  });

  it('fills itself in from the folder, and says from which files', async () => {
    jest.useFakeTimers();
    const { draft } = await show({
      createDraft: async () =>
        draftAnswer({ values: { data_path: '/data/rain' } }),
      locate: async () => locationAnswer({ data_path: '/data/rain' }),
      suggest: async () => suggestionsAnswer(),
      readScript: async () => ({ file_name: 'load.py', text: '', warnings: [] })
    });
    await act(() => jest.advanceTimersByTimeAsync(1000));
    jest.useRealTimers();
    expect(draft.content.values).toMatchObject({ license: 'cc-by-4.0' });
    expect(
      screen.getByText(
        'Filled in from the folder: 3 fields (CITATION.cff, README.md, LICENSE, load.py).'
      )
    ).toBeTruthy();
    await press('Undo');
    expect(draft.content.values).toEqual({ data_path: '/data/rain' });
    draft.dispose();
  });

  it('shows the preview and the plan', async () => {
    await show();
    await press('Preview');
    expect(screen.getByText('Make the repository')).not.toBeNull();
    expect(screen.getByRole('heading', { name: 'Iris' })).not.toBeNull();
  });

  it('shows the errors of a preview, and focuses the first', async () => {
    const errors = [{ pointer: '/name', code: 'taken', detail: 'Taken.' }];
    await show({
      previewDraft: () =>
        Promise.reject(new CatalogError('invalid_record', 'No.', errors))
    });
    await press('Preview');
    expect(screen.getByText(/Taken\./)).not.toBeNull();
    expect(document.activeElement).toBe(
      screen.getByRole('textbox', { name: /^Nickname/ })
    );
  });

  it('publishes, and hands on the job', async () => {
    const { onPublished } = await show({
      startJob: async () => jobAnswer({ id: 'j7', state: 'succeeded' })
    });
    await press('Publish');
    await pressInDialog('Publish anyway');
    expect(onPublished).toHaveBeenCalledWith('j7');
  });

  it('keeps in the draft what comes along, and a loader of the repository', async () => {
    const { draft } = await show({
      getSchema: async () => ({ schema: withLoader, version: 1 }),
      createDraft: async content =>
        draftAnswer({
          ...content,
          adopting: 'NERSC/iris',
          repository_scripts: ['load.py'],
          companion_paths: ['code/helpers.py']
        })
    });
    const tick = screen.getByRole('checkbox', { name: 'helpers.py' });
    expect(tick).toHaveProperty('checked', true);
    await act(async () => fireEvent.click(tick));
    expect(draft.content.companion_paths).toEqual([]);
    await press('Use load.py from the repository');
    expect(draft.content.loader_in_repository).toBe('load.py');
    await press('Do not use it');
    expect(draft.content.loader_in_repository).toBeNull();
    draft.dispose();
  });

  it('is discarded after a question', async () => {
    const deleteDraft = jest.fn(async () => undefined);
    const { draft, onDiscarded } = await show({ deleteDraft });
    await press('Discard');
    await pressInDialog('Cancel');
    expect(onDiscarded).not.toHaveBeenCalled();
    await press('Discard');
    await pressInDialog('Delete');
    expect(deleteDraft).toHaveBeenCalledWith(draft.id);
    expect(onDiscarded).toHaveBeenCalledTimes(1);
  });

  it('only proposes for an account that may only do that', async () => {
    const { account } = sessionAnswer();
    const { draft } = await show({
      getSession: async () =>
        sessionAnswer({ account: account && { ...account, may: 'propose' } })
    });
    expect(draft.content.create_pr).toBe(true);
    expect(screen.getByText('Publish as pull request')).not.toBeNull();
    draft.dispose();
  });

  it('says why the form cannot be shown, and tries again', async () => {
    const getSchema = jest
      .fn(async () => ({ schema, version: 1 }))
      .mockRejectedValueOnce(new CatalogError('no_connection', 'Away.'));
    await show({ getSchema });
    expect(screen.getByRole('alert').textContent).toContain('Away.');
    await press('Try again');
    expect(screen.getByRole('textbox', { name: /^Nickname/ })).not.toBeNull();
  });
});

describe('The path of the data in DraftPane', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const locate = async () =>
    locationAnswer({
      data_path: '/home/ada/wine',
      datasets: [{ name: 'wine', title: 'Wine 2020' }],
      drafts: [
        draftSummaryAnswer({ id: '0123', title: 'This one' }),
        draftSummaryAnswer({ id: 'd2', title: 'The other' })
      ]
    });

  it('is written out where it begins with ~', async () => {
    const { draft } = await show({ locate });
    act(() => draft.change({ values: { data_path: '~/wine' } }));
    await act(() => jest.advanceTimersByTimeAsync(500));
    expect(draft.content.values['data_path']).toBe('/home/ada/wine');
    draft.dispose();
  });

  it('names who describes the data already, and opens it', async () => {
    const { workbench, draft } = await show({
      locate,
      getSchema: async () => ({
        schema: {
          ...schema,
          properties: {
            data_path: { title: 'Data path', 'x-section': 'where' }
          }
        },
        version: 1
      })
    });
    act(() => draft.change({ values: { data_path: '/home/ada/wine' } }));
    await act(() => jest.advanceTimersByTimeAsync(500));
    expect(screen.queryByText(/This one/)).toBeNull();
    expect(
      screen.getByText(/You have a draft of it: The other/)
    ).not.toBeNull();
    await press('Open the entry');
    expect(workbench.navigation.view).toEqual({ kind: 'entry', name: 'wine' });
    await press('Open the draft');
    expect(workbench.navigation.view).toEqual({ kind: 'draft', id: 'd2' });
    draft.dispose();
  });

  it('names no entry that the draft changes', async () => {
    const { draft } = await show({
      locate,
      createDraft: async () => draftAnswer({ editing: 'wine' })
    });
    act(() => draft.change({ values: { data_path: '/home/ada/wine' } }));
    await act(() => jest.advanceTimersByTimeAsync(500));
    expect(screen.queryByText(/Already in the catalog/)).toBeNull();
    draft.dispose();
  });
});
