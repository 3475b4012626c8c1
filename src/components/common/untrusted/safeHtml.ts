/**
 * Elements that other people's text may be shown with. The server lays out the text with the same
 * ones (`render/html/allow_list.py`); this is the second wall, should the first have a hole.
 */
const ELEMENTS = new Set(
  (
    'a abbr b blockquote br caption cite code dd del details dfn div dl dt em figcaption figure ' +
    'h1 h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub ' +
    'summary sup table tbody td tfoot th thead tr u ul var wbr'
  ).split(' ')
);

/**
 * The attributes that they may have besides a link's address, and the values of these.
 */
const ATTRIBUTES: readonly (readonly [string, string, RegExp])[] = [
  ['align', 'div h1 h2 h3 h4 h5 h6 p td th', /^(center|left|right)$/],
  ['colspan', 'td th', /^[1-4]?\d$/],
  ['rowspan', 'td th', /^[1-4]?\d$/],
  ['start', 'ol', /^\d{1,9}$/]
];

const OUT = /^(https?:\/\/[^/\\]|mailto:)/i;

const HTML = 'http://www.w3.org/1999/xhtml';

/**
 * Deeper elements are left out.
 */
const MAX_DEPTH = 100;

/**
 * HTML as nodes that can be put into the page: made anew, of what is allowed, and nothing else. What
 * is inside an element that is not allowed is left out with it.
 */
export function safeNodes(html: string): DocumentFragment {
  // A document of its own, in which nothing runs and nothing is fetched.
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  const fragment = document.createDocumentFragment();
  copyInto(fragment, body, 0);
  return fragment;
}

function copyInto(to: Node, from: Node, depth: number): void {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      to.appendChild(document.createTextNode(node.nodeValue ?? ''));
    } else if (
      node instanceof Element &&
      isAllowed(node) &&
      depth < MAX_DEPTH
    ) {
      const copy = document.createElement(node.localName);
      copyAttributes(copy, node);
      copyInto(copy, node, depth + 1);
      to.appendChild(copy);
    }
  }
}

function isAllowed(node: Element): boolean {
  return node.namespaceURI === HTML && ELEMENTS.has(node.localName);
}

function copyAttributes(copy: HTMLElement, node: Element): void {
  for (const [name, elements, values] of ATTRIBUTES) {
    const value = node.getAttribute(name);
    if (
      value !== null &&
      values.test(value) &&
      elements.split(' ').includes(node.localName)
    ) {
      copy.setAttribute(name, value);
    }
  }
  const href = node.localName === 'a' ? node.getAttribute('href') : null;
  if (href !== null && leadsOut(href)) {
    copy.setAttribute('href', href);
    copy.setAttribute('target', '_blank');
    copy.setAttribute('rel', 'noopener noreferrer');
  }
}

/**
 * Whether it is a whole address of the web or of a mailbox, not one of this server's.
 */
function leadsOut(href: string): boolean {
  if (!OUT.test(href)) {
    return false;
  }
  try {
    return new URL(href).username === '';
  } catch {
    return false;
  }
}
