/**
 * The pages of the guide, each in a chunk of its own that is loaded when the page is opened.
 */
const PAGES = {
  'user-guide': async () => (await import('../../docs/user-guide.md')).default,
  'reference/record': async () =>
    (await import('../../docs/reference/record.md')).default,
  'reference/search': async () =>
    (await import('../../docs/reference/search.md')).default,
  'reference/settings': async () =>
    (await import('../../docs/reference/settings.md')).default
} as const;

export type GuidePage = keyof typeof PAGES;

/**
 * The page that a link of the guide leads to, such as `reference/search.md`, or null.
 */
export function pageOf(href: string): GuidePage | null {
  const [path = ''] = href.split('#');
  const name = path.replace(/\.md$/, '');
  return path.endsWith('.md') && isPage(name) ? name : null;
}

export function isPage(name: unknown): name is GuidePage {
  return typeof name === 'string' && Object.keys(PAGES).includes(name);
}

/**
 * The text of a page, as Markdown, without its pictures, which do not come with the extension.
 */
export async function readPage(page: GuidePage): Promise<string> {
  const text = await PAGES[page]();
  return text
    .split('\n\n')
    .filter(block => !block.includes('](images/'))
    .join('\n\n');
}
