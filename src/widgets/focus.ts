import type { Widget } from '@lumino/widgets';

/**
 * Keep the focus in a widget: if the focused element is removed, the widget itself takes the focus.
 * Otherwise keyboard users would start again at the top of the page.
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
      if (isFocusLost()) {
        node.focus({ preventScroll: true });
      }
    }
  }).observe(node, { childList: true, subtree: true });
}

function isFocusLost(): boolean {
  return (
    document.activeElement === null || document.activeElement === document.body
  );
}
