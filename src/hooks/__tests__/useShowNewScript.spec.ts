import { act, renderHook } from '@testing-library/react';

import { draftAnswer } from '../../api/__tests__/answers';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import type { IDraftContent } from '../../types/api';
import { useModel } from '../useModel';
import { useShowNewScript } from '../useShowNewScript';

async function show(content: Partial<IDraftContent>) {
  const { workbench } = workbenchOver({
    createDraft: async () => draftAnswer(content)
  });
  const draft = (await workbench.drafts.create({}))!;
  const showField = jest.fn();
  const form = {
    current: { showField, focusError: jest.fn(), showPlan: jest.fn() }
  };
  renderHook(() => {
    useModel(draft);
    useShowNewScript(draft, form);
  });
  const change = async (part: Partial<IDraftContent>) => {
    await act(async () => draft.change(part));
    // Models are rendered with the next frame.
    await act(() => new Promise(resolve => requestAnimationFrame(resolve)));
  };
  return { draft, showField, change };
}

describe('useShowNewScript', () => {
  it('shows a script that comes, not one that was there or goes', async () => {
    const { draft, showField, change } = await show({ loader_path: 'a.py' });
    expect(showField).not.toHaveBeenCalled();
    await change({ loader_path: 'b.py' });
    await change({ title: 'Wine' });
    await change({ batch_script_path: 'run.sh' });
    await change({ loader_path: null });
    expect(showField.mock.calls).toEqual([['/loader'], ['/batch_script']]);
    draft.dispose();
  });

  it('shows the script that a draft was begun with', async () => {
    const { draft, showField } = await show({
      loader_path: 'a.py',
      values: {}
    });
    expect(showField.mock.calls).toEqual([['/loader']]);
    draft.dispose();
  });
});
