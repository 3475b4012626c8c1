import type { Widget } from '@lumino/widgets';
import type { MouseEvent } from 'react';

/**
 * Keep the focus in a widget: when what has it goes away, the widget itself takes it. Else the
 * keyboard would begin anew at the top of the page.
 */
export function keepFocus({ node }: Widget): void {
  node.tabIndex = -1;
  let last: Element | null = null;
  node.addEventListener('focusin', event => {
    last = event.target as Element;
  });
  new MutationObserver(() => {
    if (last && !last.isConnected) {
      last = null;
      if (isLost()) {
        node.focus({ preventScroll: true });
      }
    }
  }).observe(node, { childList: true, subtree: true });
}

/**
 * Open JupyterLab's context menu for what a button stands in; the focus comes back to the button.
 */
export function openMenu(event: MouseEvent<HTMLElement>): void {
  const button = event.currentTarget;
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
      if (isLost() && button.isConnected) {
        button.focus();
      }
    }
  });
  observer.observe(document.body, { childList: true });
}

function isLost(): boolean {
  return (
    document.activeElement === null || document.activeElement === document.body
  );
}
