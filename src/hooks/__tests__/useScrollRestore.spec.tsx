import { act, render } from '@testing-library/react';
import React, { useRef } from 'react';

import { NavigationModel } from '../../models/navigation';
import { useModel } from '../useModel';
import { useScrollRestore } from '../useScrollRestore';

/**
 * A sidebar whose views each have a scrolling element and a button.
 */
function Sidebar(props: { navigation: NavigationModel }): JSX.Element {
  const { navigation } = props;
  useModel(navigation);
  const node = useRef<HTMLDivElement>(null);
  useScrollRestore(navigation, node);
  const key = JSON.stringify(navigation.view);
  return (
    <div className="hnl-Sidebar">
      <div key={key} ref={node} tabIndex={-1} data-view={key}>
        <div className="hnl-Page">
          <button>In {key}</button>
        </div>
      </div>
    </div>
  );
}

function show() {
  const navigation = new NavigationModel();
  const { container } = render(<Sidebar navigation={navigation} />);
  const page = () => container.querySelector<HTMLElement>('.hnl-Page')!;
  const button = () => container.querySelector('button')!;
  const view = () => container.querySelector<HTMLElement>('[data-view]')!;
  const go = (name: string) =>
    act(() => navigation.show({ kind: 'entry', name }));
  const back = () => act(() => navigation.back());
  return { page, button, view, go, back };
}

describe('useScrollRestore', () => {
  it('restores the scroll position and the focus of a view', () => {
    const { page, button, view, go, back } = show();
    go('iris');
    expect(document.activeElement).toBe(view());
    page().scrollTop = 420;
    button().focus();
    go('wine');
    expect(page().scrollTop).toBe(0);
    expect(document.activeElement).toBe(view());
    back();
    expect(page().scrollTop).toBe(420);
    expect(document.activeElement).toBe(button());
  });

  it('takes the focus from nothing outside of the sidebar', () => {
    const { go } = show();
    const outside = document.body.appendChild(document.createElement('input'));
    outside.focus();
    go('iris');
    expect(document.activeElement).toBe(outside);
    outside.remove();
  });
});
