import { MimeData } from '@lumino/coreutils';
import { Widget } from '@lumino/widgets';
import { act, screen } from '@testing-library/react';

import { draftAnswer, locationAnswer } from '../../api/__tests__/answers';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import type { IDraftContent } from '../../types/api';
import { CatalogSidebar } from '../CatalogSidebar';

const locate = async () => locationAnswer();

async function show() {
  const createDraft = jest.fn(async (content: Partial<IDraftContent>) =>
    draftAnswer(content, { id: 'new' })
  );
  const { workbench } = workbenchOver({ createDraft, locate });
  const sidebar = new CatalogSidebar(workbench);
  await act(async () => Widget.attach(sidebar, document.body));
  const drop = (path: string) =>
    act(async () => {
      const mimeData = new MimeData();
      mimeData.setData('application/x-jupyter-icontents', [path]);
      sidebar.node.dispatchEvent(
        Object.assign(new Event('lm-drop', { cancelable: true }), {
          mimeData,
          proposedAction: 'copy'
        })
      );
    });
  return { workbench, sidebar, createDraft, drop };
}

describe('CatalogSidebar', () => {
  it('shows the panel until it is disposed of', async () => {
    const { sidebar } = await show();
    expect(screen.getByRole('status').textContent).toBe(
      'Connecting to the server…'
    );
    act(() => sidebar.dispose());
    expect(screen.queryByRole('status')).toBeNull();
  });

  it('creates a draft of data that is dropped, or changes the one it shows', async () => {
    const { workbench, sidebar, createDraft, drop } = await show();
    await drop('wine');
    expect(createDraft).toHaveBeenCalledTimes(1);
    await drop('wine');
    expect(createDraft).toHaveBeenCalledTimes(1);
    await drop('load.py');
    const draft = workbench.drafts.find('new')!;
    expect(draft.content.values['data_path']).toBe('/data/wine');
    expect(draft.content.loader_path).toBe('load.py');
    act(() => sidebar.dispose());
    draft.dispose();
  });
});
