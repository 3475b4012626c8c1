import { act, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { pressInDialog } from '../../actions/__tests__/dialog';
import {
  draftAnswer,
  jobAnswer,
  previewAnswer
} from '../../api/__tests__/answers';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import { DraftTabPane } from '../DraftTabPane';

async function show(answers: Parameters<typeof workbenchOver>[0] = {}) {
  const { workbench } = workbenchOver({
    getSchema: async () => ({ schema: { properties: {} }, version: 1 }),
    writeDraft: async (id, content) => draftAnswer(content, { id, etag: '2' }),
    readScript: async () => ({ file_name: 'a.py', text: '', warnings: [] }),
    ...answers
  });
  await workbench.services.session.check();
  const draft = (await workbench.drafts.create({}))!;
  const onClose = jest.fn();
  await act(async () => {
    render(
      <DraftTabPane workbench={workbench} draft={draft} onClose={onClose} />
    );
  });
  return { workbench, draft, onClose };
}

describe('DraftTabPane', () => {
  it('moves the draft to the sidebar', async () => {
    const { workbench, draft, onClose } = await show();
    await act(async () =>
      fireEvent.click(screen.getByText('Move to the sidebar'))
    );
    expect(onClose).toHaveBeenCalledTimes(1);
    expect(workbench.navigation.view).toEqual({ kind: 'draft', id: draft.id });
  });

  it('offers a preview next to the form, and shows it there', async () => {
    await show({ previewDraft: async () => previewAnswer() });
    const beside = screen.getByRole('region', { name: 'Preview' });
    expect(beside.textContent).toContain('Nothing is published yet.');
    const [, button] = screen.getAllByRole('button', { name: 'Preview' });
    await act(async () => fireEvent.click(button!));
    expect(beside.textContent).toContain('Iris');
  });

  it('says that a draft was deleted elsewhere', async () => {
    const { workbench, draft } = await show();
    act(() => workbench.drafts.close(draft.id));
    expect(screen.getByText('This draft no longer exists.')).not.toBeNull();
  });

  it('shows the form again when a draft whose job failed is changed from elsewhere', async () => {
    const failed = jobAnswer({
      id: 'j7',
      state: 'failed',
      error: { code: 'upstream', detail: 'The Hub is away.', errors: [] }
    });
    const { draft } = await show({
      previewDraft: async () => previewAnswer(),
      startJob: async () => failed
    });
    await act(async () =>
      fireEvent.click(screen.getByRole('button', { name: 'Publish' }))
    );
    await pressInDialog('Publish anyway');
    expect(screen.getByText('The Hub is away.')).not.toBeNull();
    await act(async () => draft.change({ loader_path: 'a.py' }));
    expect(screen.queryByText('The Hub is away.')).toBeNull();
    expect(screen.getByRole('region', { name: 'Preview' })).not.toBeNull();
    draft.dispose();
  });
});
