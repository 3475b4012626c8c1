import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What people who mean harm may write into a card.
 */
interface IPayload {
  id: string;
  text: string;
  /**
   * Whether what stands below it may become a part of it.
   */
  alone?: boolean;
}

interface IHeavyPayload {
  id: string;
  before?: string;
  repeat: string;
  times: number;
  after?: string;
}

/**
 * A card of an entry in the catalog.
 */
export interface ICard {
  name: string;
  text: string;
  /**
   * Headings that it must show if nothing of it swallows the rest.
   */
  headings: readonly string[];
}

/**
 * The host that the payloads call.
 */
const OUTSIDE = /outside\.invalid/g;

/**
 * So many payloads stand in one card.
 */
const TOGETHER = 25;

/**
 * Cards with all hostile payloads, as few as may be.
 *
 * @param prefix - What the nicknames begin with.
 * @param host - The outside, which nothing may call.
 */
export function hostileCards(
  prefix: string,
  host: string,
  together = TOGETHER
): ICard[] {
  const payloads = read<IPayload[]>('hostile_cards.json').map(payload => ({
    ...payload,
    text: payload.text.replace(OUTSIDE, host)
  }));
  const groups = payloads.filter(({ alone }) => alone).map(one => [one]);
  const others = payloads.filter(({ alone }) => !alone);
  for (let start = 0; start < others.length; start += together) {
    groups.push(others.slice(start, start + together));
  }
  return groups.map((group, index) => ({
    name: `${prefix}-${index}`,
    text: group.map(({ id, text }) => `# ${id}\n\n${text}\n\n`).join(''),
    headings: group.map(({ id }) => id)
  }));
}

/**
 * Cards that take a parser or a browser long.
 */
export function heavyCards(prefix: string, ids?: readonly string[]): ICard[] {
  return read<IHeavyPayload[]>('heavy_cards.json')
    .filter(({ id }) => !ids || ids.includes(id))
    .map(({ id, before = '', repeat, times, after = '' }) => ({
      name: `${prefix}-${id}`,
      text: before + repeat.repeat(times) + after,
      headings: []
    }));
}

function read<T>(file: string): T {
  const path = join(__dirname, '../../tests/render/html', file);
  return JSON.parse(readFileSync(path, 'utf-8')) as T;
}
