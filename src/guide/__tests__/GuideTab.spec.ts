import { defaultRenderMime } from '@jupyterlab/rendermime/lib/testutils';
import { Widget } from '@lumino/widgets';

import { GuideTab, makeGuideTab } from '../GuideTab';

async function show(isPlain = false) {
  const onPage = jest.fn();
  const tab = await makeGuideTab(
    'user-guide',
    isPlain ? null : defaultRenderMime(),
    onPage
  );
  Widget.attach(tab, document.body);
  return { tab, onPage, node: tab.content.node };
}

describe('GuideTab', () => {
  it('shows a page under its title, for the keyboard too', async () => {
    const { tab, node } = await show();
    expect(tab.title.label).toBe('User guide');
    expect(node.tabIndex).toBe(0);
    expect(node.textContent).toContain('Search syntax');
    tab.dispose();
  });

  it('shows the plain text where nothing can lay it out', async () => {
    const { tab, node } = await show(true);
    expect(node.tagName).toBe('PRE');
    expect(node.textContent).toContain('## Search syntax');
    tab.dispose();
  });

  it('scrolls to a heading, and opens other pages', () => {
    const content = new Widget();
    const html =
      '<h2>Search syntax<a href="#Search-syntax">¶</a></h2>' +
      '<h3>A dataset\'s page</h3><a href="#search-syntax">1</a>' +
      '<a href="#a-datasets-page">2</a>' +
      '<a href="reference/search.md"><code>3</code></a>' +
      '<a href="https://example.org/">4</a>';
    const { body } = new DOMParser().parseFromString(html, 'text/html');
    content.node.append(...body.childNodes);
    const onPage = jest.fn();
    const tab = new GuideTab('user-guide', 'Guide', content, onPage);
    const seen: string[] = [];
    content.node.querySelectorAll('h2, h3').forEach(heading => {
      heading.scrollIntoView = () => void seen.push(heading.tagName);
    });
    const click = (element: Element): boolean =>
      element.dispatchEvent(
        new MouseEvent('click', { bubbles: true, cancelable: true })
      );
    const [own, first, second, , web] = content.node.querySelectorAll('a');
    // What is followed here, the browser does not follow.
    expect([own!, first!, second!].map(click)).toEqual([false, false, false]);
    expect(seen).toEqual(['H2', 'H2', 'H3']);
    expect(click(content.node.querySelector('code')!)).toBe(false);
    expect(onPage.mock.calls).toEqual([['reference/search']]);
    // jsdom would try to go there.
    web!.addEventListener('click', event => event.preventDefault());
    click(web!);
    expect(onPage).toHaveBeenCalledTimes(1);
    tab.dispose();
  });
});
