import { act, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { showAccount, showDataset } from '../../actions/views';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import { Breadcrumbs } from '../Breadcrumbs';

describe('Breadcrumbs', () => {
  it('lead back to the previous view and to the list', async () => {
    const { workbench } = workbenchOver();
    showDataset(workbench, 'iris');
    showAccount(workbench);
    render(<Breadcrumbs workbench={workbench} />);
    fireEvent.click(screen.getByRole('button', { name: /^Back to/ }));
    expect(workbench.navigation.view).toEqual({ kind: 'entry', name: 'iris' });
    fireEvent.click(screen.getByRole('button', { name: 'Datasets' }));
    expect(workbench.navigation.view).toEqual({ kind: 'browse' });
  });

  it('have one button if the previous view is the list', () => {
    const { workbench } = workbenchOver();
    showAccount(workbench);
    render(<Breadcrumbs workbench={workbench} />);
    expect(screen.getAllByRole('button')).toHaveLength(1);
  });

  it('say which draft it is and whether it is saved, and move it to a tab', async () => {
    const openTab = jest.fn();
    const { workbench } = workbenchOver(
      { writeDraft: () => new Promise(() => undefined) },
      { openTab }
    );
    const draft = (await workbench.drafts.create({ title: 'Wine' }))!;
    workbench.navigation.show({ kind: 'draft', id: draft.id });
    render(<Breadcrumbs workbench={workbench} />);
    expect(screen.getByText('Wine')).not.toBeNull();
    const state = screen.getByRole('status');
    expect(state.textContent).toBe('Saved');
    act(() => draft.change({ title: 'Red wine' }));
    expect(state.textContent).toBe('');
    expect(screen.getByText('Red wine')).not.toBeNull();
    await act(async () => void draft.save());
    expect(state.textContent).toBe('Saving…');
    fireEvent.click(screen.getByText('Open in a tab'));
    expect(openTab).toHaveBeenCalledWith(draft.id);
    expect(workbench.navigation.view).toEqual({ kind: 'browse' });
    draft.dispose();
  });
});
