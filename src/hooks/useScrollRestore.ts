import { type RefObject, useLayoutEffect, useRef } from 'react';

import type { NavigationModel, View } from '../models/navigation';

/**
 * How somebody left a view.
 */
interface IPlace {
  /**
   * Pixels above what was in sight.
   */
  readonly top: number;
  /**
   * What had the focus; null where it was elsewhere.
   */
  readonly focused: Element | null;
}

/**
 * Let the focus go along from view to view, and let one find a view as one left it: with what was in
 * sight, and the focus where it was.
 *
 * @param navigation - Which view is shown.
 * @param node - What the view is drawn in.
 */
export function useReturn(
  navigation: NavigationModel,
  node: RefObject<HTMLElement>
): void {
  const places = useRef(new WeakMap<View, IPlace>());
  const isFirst = useRef(true);
  const { view } = navigation;
  useLayoutEffect(() => {
    const root = node.current;
    if (!root) {
      return;
    }
    const place = places.current.get(view);
    if (!isFirst.current) {
      takeFocus(root, place?.focused ?? null);
    }
    isFirst.current = false;
    const stopScrolling = scrollTo(root, place?.top ?? 0);
    const onChanged = (): void => {
      // Nothing is drawn anew yet.
      if (navigation.view !== view) {
        places.current.set(view, placeIn(root));
      }
    };
    navigation.stateChanged.connect(onChanged);
    return () => {
      stopScrolling();
      navigation.stateChanged.disconnect(onChanged);
    };
  }, [navigation, node, view]);
}

function placeIn(root: HTMLElement): IPlace {
  const { activeElement } = document;
  return {
    top: root.querySelector(SCROLLED)?.scrollTop ?? 0,
    focused: root.contains(activeElement) ? activeElement : null
  };
}

/**
 * Take the focus from the view before, but from nothing outside the panel.
 *
 * @param before - What had it here the last time, maybe drawn anew since.
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
 * Show what was in sight. A card, and code, are drawn a moment later and move what is below them: the
 * place is held until then, unless somebody scrolls.
 *
 * @returns Lets go of the place.
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
 * What scrolls in the views that are drawn anew.
 */
const SCROLLED = '.hnl-Entry, .hnl-Page, .hnl-Form-body';

/**
 * What somebody does who wants to be elsewhere.
 */
const INPUTS = ['wheel', 'pointerdown', 'keydown', 'touchstart'] as const;

/**
 * Milliseconds after which a page has its height.
 */
const SETTLED = 2000;
