import { type RefObject, useLayoutEffect, useRef } from 'react';

import type { NavigationModel, View } from '../models/navigation';

/**
 * The state of a view when the user left it.
 */
interface IScrollState {
  /**
   * Scroll position in pixels.
   */
  readonly top: number;
  /**
   * The focused element; null if the focus was outside of the view.
   */
  readonly focused: Element | null;
}

/**
 * Move the focus along from view to view, and restore scroll position and focus when the user comes
 * back to a view.
 *
 * @param navigation - Which view is shown.
 * @param node - The element that holds the view.
 */
export function useScrollRestore(
  navigation: NavigationModel,
  node: RefObject<HTMLElement>
): void {
  const states = useRef(new WeakMap<View, IScrollState>());
  const isFirst = useRef(true);
  const { view } = navigation;
  useLayoutEffect(() => {
    const root = node.current;
    if (!root) {
      return;
    }
    const state = states.current.get(view);
    if (!isFirst.current) {
      takeFocus(root, state?.focused ?? null);
    }
    isFirst.current = false;
    const stopScrolling = scrollTo(root, state?.top ?? 0);
    const onChanged = (): void => {
      // The view that is left is still in the page.
      if (navigation.view !== view) {
        states.current.set(view, stateOf(root));
      }
    };
    navigation.stateChanged.connect(onChanged);
    return () => {
      stopScrolling();
      navigation.stateChanged.disconnect(onChanged);
    };
  }, [navigation, node, view]);
}

function stateOf(root: HTMLElement): IScrollState {
  const { activeElement } = document;
  return {
    top: root.querySelector(SCROLLED)?.scrollTop ?? 0,
    focused: root.contains(activeElement) ? activeElement : null
  };
}

/**
 * Take the focus from the previous view, but not from outside of the panel.
 *
 * @param before - What had the focus here last. It may have been rendered again since.
 */
function takeFocus(root: HTMLElement, before: Element | null): void {
  const { activeElement, body } = document;
  const panel = root.closest('.hnl-Sidebar');
  if (activeElement !== body && !panel?.contains(activeElement)) {
    return;
  }
  const same =
    before && root.contains(before)
      ? before
      : [...root.querySelectorAll('button')].find(
          button => before && button.textContent === before.textContent
        );
  ((same as HTMLElement | undefined) ?? root).focus({ preventScroll: true });
}

/**
 * Restore the scroll position. Cards and code are rendered a moment later and move what is below
 * them, so the position is set again until then, unless the user scrolls.
 *
 * @returns Stops that.
 */
function scrollTo(root: HTMLElement, top: number): () => void {
  const scrolled = root.querySelector(SCROLLED);
  if (!scrolled || top === 0) {
    return () => undefined;
  }
  const hold = (): void => {
    scrolled.scrollTop = top;
  };
  hold();
  const observer = new ResizeObserver(hold);
  [...scrolled.children].forEach(part => observer.observe(part));
  const stop = (): void => {
    clearTimeout(timer);
    observer.disconnect();
    INPUTS.forEach(type => root.removeEventListener(type, stop, true));
  };
  const timer = setTimeout(stop, SETTLED);
  INPUTS.forEach(type => root.addEventListener(type, stop, true));
  return stop;
}

/**
 * The scrolling element of each view that is rendered again.
 */
const SCROLLED = '.hnl-Dataset, .hnl-Page, .hnl-Form-body';

/**
 * Events that show that the user scrolls, or may.
 */
const INPUTS = ['wheel', 'pointerdown', 'keydown', 'touchstart'] as const;

/**
 * Milliseconds after which a page has its final height.
 */
const SETTLED = 2000;
