import { CommandRegistry } from '@lumino/commands';
import { Menu, Widget } from '@lumino/widgets';
import { act, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { openMenu } from '../contextMenu';

const settled = () => new Promise(resolve => setTimeout(resolve));

/**
 * A button for a menu, in a page that opens one like JupyterLab.
 */
function show() {
  const commands = new CommandRegistry();
  commands.addCommand('it', {
    label: 'It',
    execute: jest.fn(),
    describedBy: { args: null }
  });
  const menu = new Menu({ commands });
  menu.addItem({ command: 'it' });
  const view = (shown: boolean) => (
    <div className="hnl-Sidebar" tabIndex={-1}>
      {shown && <button onClick={openMenu}>More</button>}
    </div>
  );
  const { rerender, container } = render(view(true));
  const onContextMenu = (event: MouseEvent): void =>
    menu.open(event.clientX, event.clientY);
  document.addEventListener('contextmenu', onContextMenu, { once: true });
  return {
    menu,
    sidebar: container.querySelector('.hnl-Sidebar'),
    removeButton: () => rerender(view(false))
  };
}

describe('openMenu', () => {
  it('opens the menu of the button, which has the focus afterwards', async () => {
    const { menu } = show();
    const button = screen.getByText('More');
    button.focus();
    fireEvent.click(button);
    expect(menu.isAttached).toBe(true);
    await settled();
    expect(document.activeElement).toBe(menu.node);
    act(() => menu.close());
    await settled();
    expect(document.activeElement).toBe(button);
  });

  it('gives the focus to the sidebar if the button is gone', async () => {
    const { menu, removeButton, sidebar } = show();
    fireEvent.click(screen.getByText('More'));
    await settled();
    removeButton();
    act(() => menu.close());
    await settled();
    expect(document.activeElement).toBe(sidebar);
  });

  it('takes the focus from nothing else', async () => {
    const { menu } = show();
    fireEvent.click(screen.getByText('More'));
    await settled();
    const other = new Widget({ node: document.createElement('input') });
    Widget.attach(other, document.body);
    other.node.focus();
    act(() => menu.close());
    await settled();
    expect(document.activeElement).toBe(other.node);
    other.dispose();
  });
});
