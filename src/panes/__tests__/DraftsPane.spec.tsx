import { act, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { workbenchOver } from '../../models/__tests__/workbenchOver';
import { DraftsPane } from '../DraftsPane';

describe('DraftsPane', () => {
  it('loads the drafts when it is shown, and opens one', async () => {
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
