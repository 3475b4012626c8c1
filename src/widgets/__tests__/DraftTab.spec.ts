import { MimeData } from '@lumino/coreutils';
import { Widget } from '@lumino/widgets';
import { act, screen } from '@testing-library/react';

import { workbenchOver } from '../../models/__tests__/workbenchOver';
import { DraftTab } from '../DraftTab';

async function show() {
  const { workbench } = workbenchOver({
    getSchema: async () => ({ schema: { properties: {} }, version: 1 }),
    writeDraft: () => new Promise(() => undefined),
    readScript: async () => ({ file_name: 'run.sh', text: '', warnings: [] })
  });
  const draft = (await workbench.drafts.create({ title: 'Wine' }))!;
  const tab = new DraftTab(workbench, draft);
  await act(async () => Widget.attach(tab, document.body));
  return { draft, tab };
}

describe('DraftTab', () => {
  it('is called like its draft, and shows unsaved changes as documents do', async () => {
    const { draft, tab } = await show();
    expect([tab.title.label, tab.title.className]).toEqual(['Wine', '']);
    act(() => draft.change({ title: 'Red wine' }));
    expect([tab.title.label, tab.title.className]).toEqual([
      'Red wine',
      'jp-mod-dirty'
    ]);
    act(() => tab.dispose());
    draft.dispose();
  });

  it('takes scripts that are dropped onto it', async () => {
    const { draft, tab } = await show();
    const mimeData = new MimeData();
    mimeData.setData('application/x-jupyter-icontents', ['run.sh']);
    await act(async () => {
      tab.content.node.dispatchEvent(
        Object.assign(new Event('lm-drop', { cancelable: true }), {
          mimeData,
          proposedAction: 'copy'
        })
      );
    });
    expect(draft.content.batch_script_path).toBe('run.sh');
    act(() => tab.dispose());
    draft.dispose();
  });

  it('closes when its draft moves to the sidebar', async () => {
    const { draft, tab } = await show();
    await act(async () => screen.getByText('Move to the sidebar').click());
    expect(tab.isDisposed).toBe(true);
    draft.dispose();
  });
});
