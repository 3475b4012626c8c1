import type { MouseEvent } from 'react';

/**
 * Open JupyterLab's context menu below a button. When the menu closes, the focus returns to the button,
 * or to the sidebar if the button is gone by then.
 */
export function openMenu(event: MouseEvent<HTMLElement>): void {
  const button = event.currentTarget;
  const sidebar = button.closest<HTMLElement>('.hnl-Sidebar');
  const { bottom, left } = button.getBoundingClientRect();
  button.dispatchEvent(
    new window.MouseEvent('contextmenu', {
      bubbles: true,
      cancelable: true,
      clientX: left,
      clientY: bottom
    })
  );
  const menu = document.querySelector('body > .lm-Menu');
  if (!menu) {
    return;
  }
  const observer = new MutationObserver(() => {
    if (!menu.isConnected) {
      observer.disconnect();
      if (isFocusLost()) {
        (button.isConnected ? button : sidebar)?.focus();
      }
    }
  });
  observer.observe(document.body, { childList: true });
}

function isFocusLost(): boolean {
  const { activeElement, body } = document;
  return activeElement === null || activeElement === body;
}
