import { MainAreaWidget } from '@jupyterlab/apputils';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { Widget } from '@lumino/widgets';

import '../../style/guide.css';
import { type GuidePage, pageOf, readPage } from './pages';
import { catalogIcon } from '../icons';

export { isPage } from './pages';

/**
 * Load a page of the guide and lay it out in a tab.
 *
 * @param rendermime - If it is missing, the Markdown is shown as plain text.
 * @param onPage - Called when a link to another page is clicked.
 */
export async function makeGuideTab(
  page: GuidePage,
  rendermime: IRenderMimeRegistry | null,
  onPage: (page: GuidePage) => void
): Promise<GuideTab> {
  const text = await readPage(page);
  const title = /^# (.*)$/m.exec(text)?.[1] ?? page;
  return new GuideTab(page, title, await layOut(text, rendermime), onPage);
}

/**
 * A page of the guide in a tab of the main area.
 */
export class GuideTab extends MainAreaWidget {
  constructor(
    readonly page: GuidePage,
    title: string,
    content: Widget,
    onPage: (page: GuidePage) => void
  ) {
    super({ content });
    this.id = `huggingnersc-lab-guide-${page.replace('/', '-')}`;
    this.title.icon = catalogIcon;
    this.title.label = title;
    this.title.closable = true;
    this.toolbar.hide();
    const { node } = content;
    content.addClass('hnl-Guide');
    // So that the keyboard can scroll it.
    node.tabIndex = 0;
    node.setAttribute('role', 'document');
    node.setAttribute('aria-label', title);
    node.addEventListener('click', event => followLink(event, node, onPage));
  }
}

async function layOut(
  text: string,
  rendermime: IRenderMimeRegistry | null
): Promise<Widget> {
  if (!rendermime) {
    const plain = new Widget({ node: document.createElement('pre') });
    plain.node.textContent = text;
    return plain;
  }
  const type = 'text/markdown';
  const renderer = rendermime.createRenderer(type);
  await renderer.renderModel(
    rendermime.createModel({ data: { [type]: text } })
  );
  return renderer;
}

/**
 * Follow links within the guide; others open in a browser tab, as JupyterLab renders them.
 */
function followLink(
  event: MouseEvent,
  page: HTMLElement,
  onPage: (page: GuidePage) => void
): void {
  const link = event.target instanceof Element && event.target.closest('a');
  const href = (link && link.getAttribute('href')) || '';
  if (href.startsWith('#')) {
    event.preventDefault();
    headingOf(page, href.slice(1))?.scrollIntoView();
    return;
  }
  const other = pageOf(href);
  if (other) {
    event.preventDefault();
    onPage(other);
  }
}

/**
 * The heading that a fragment names, in GitHub's spelling (`search-syntax`) or JupyterLab's
 * (`Search-syntax`).
 */
function headingOf(page: HTMLElement, fragment: string): Element | undefined {
  const wanted = slugOf(decodeURIComponent(fragment));
  return [...page.querySelectorAll('h1, h2, h3, h4')].find(
    heading => slugOf(heading.textContent ?? '') === wanted
  );
}

function slugOf(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}
