import { safeNodes } from '../safeHtml';

interface IPayload {
  id: string;
  text: string;
}

const HOSTILE = jest.requireActual<IPayload[]>(
  '../../../../../tests/render/html/hostile_cards.json'
);
const SHOWN = jest.requireActual<{ markdown: string; html: string }[]>(
  '../../../../../tests/render/html/shown_cards.json'
);

/**
 * What is put into the page of some HTML.
 */
function shown(html: string): HTMLElement {
  const host = document.createElement('div');
  host.append(safeNodes(html));
  return host;
}

/**
 * What of it should not be there.
 */
function faultsIn(host: HTMLElement): string[] {
  const faults: string[] = [];
  for (const node of host.querySelectorAll('*')) {
    if (
      node.namespaceURI !== 'http://www.w3.org/1999/xhtml' ||
      !/^(a|abbr|b|blockquote|br|caption|cite|code|d[dlt]|del|details|dfn|div|em|fig(caption|ure)|h[1-6r]|i|ins|kbd|li|mark|ol|p|pre|q|r[pt]|ruby|s|samp|small|span|strong|su[bp]|summary|table|t(body|d|foot|h|head|r)|ul?|var|wbr)$/.test(
        node.localName
      )
    ) {
      faults.push(`<${node.localName}>`);
    }
    for (const { name, value } of node.attributes) {
      const isFit =
        name === 'href'
          ? /^(https?:\/\/[^/\\@]|mailto:)/i.test(value)
          : /^(align|colspan|rowspan|start|target|rel)$/.test(name) &&
            /^(left|right|center|\d{1,9}|_blank|noopener noreferrer)$/.test(
              value
            );
      if (!isFit) {
        faults.push(`${name}="${value}"`);
      }
    }
    if (
      node.hasAttribute('href') &&
      node.getAttribute('rel') !== 'noopener noreferrer'
    ) {
      faults.push('a link that tells where it was followed from');
    }
  }
  return faults;
}

describe('safeNodes', () => {
  it.each(HOSTILE.map(({ id, text }) => [id, text]))(
    'lets nothing of %s through, were it to come so from the server',
    (_, text) => {
      const host = shown(text);
      expect(faultsIn(host)).toEqual([]);
      // What was put in is read in no other way when it is read again.
      expect(faultsIn(shown(host.innerHTML))).toEqual([]);
    }
  );

  it('lets nothing of them through together', () => {
    const text = HOSTILE.map(payload => payload.text).join('\n');
    expect(faultsIn(shown(text))).toEqual([]);
  });

  it.each(SHOWN.map(({ html }) => [html]))(
    'leaves what the server lays out as it is: %s',
    html => {
      expect(shown(html).innerHTML).toBe(html);
    }
  );

  it.each([
    ['<button data-commandlinker-command="help:about">Press</button>', ''],
    [
      '<p data-commandlinker-command="help:about" class="jp-Dialog">x</p>',
      '<p>x</p>'
    ],
    ['<img src="https://evil.example/x.png" alt="x">', ''],
    ['<p style="position: fixed" id="main">x</p>', '<p>x</p>'],
    ['<a href="/lab?reset">x</a>', '<a>x</a>'],
    ['<a href="https:lab?reset">x</a>', '<a>x</a>'],
    ['<a href="https://hub.example@evil.example">x</a>', '<a>x</a>'],
    ['<svg><style>x</style></svg><math><mi>x</mi></math>y', 'y'],
    ['<td align="char" colspan="99">x</td>', 'x']
  ])('makes of %s: %s', (html, expected) => {
    expect(shown(html).innerHTML).toBe(expected);
  });

  it('puts no more elements into each other than a browser can take', () => {
    const host = shown('<div>'.repeat(3000) + 'x');
    expect(host.querySelectorAll('div').length).toBeLessThan(200);
  });
});
