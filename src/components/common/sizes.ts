import type { ITerm } from '../../types/terms';

/**
 * The size that a typed number of rows belongs to, such as `6000`, `1,000 rows` or `1.5 million`.
 *
 * @param terms - Only those that name a range of rows are looked at.
 */
export function sizeOf(
  terms: readonly ITerm[],
  typed: string
): ITerm | undefined {
  const rows = numberIn(typed);
  return rows === null
    ? undefined
    : terms.find(
        ({ min_rows, max_rows }) =>
          min_rows !== undefined &&
          min_rows <= rows &&
          (max_rows === undefined || rows < max_rows)
      );
}

const UNITS: Readonly<Record<string, number>> = {
  k: 1e3,
  thousand: 1e3,
  m: 1e6,
  mio: 1e6,
  million: 1e6,
  g: 1e9,
  b: 1e9,
  bn: 1e9,
  billion: 1e9,
  t: 1e12,
  trillion: 1e12
};

/**
 * The number that a text begins with; null where it begins with none.
 */
function numberIn(text: string): number | null {
  const match =
    /^\s*(?:about|ca\.?|~|≈)?\s*(\d+(?:[.,'’\s]\d+)*(?:e\d{1,2})?)\s*([\p{L}]*)/iu.exec(
      text
    );
  const [, digits = '', word = ''] = match ?? [];
  if (digits === '') {
    return null;
  }
  const unit = UNITS[word.toLowerCase()];
  // Marks between groups of three digits; with a unit, or otherwise, one is a decimal point.
  const isGrouped = /^\d{1,3}([.,'’\s]\d{3})+$/.test(digits);
  const plain =
    isGrouped && (unit === undefined || !/^\d+[.,]\d{3}$/.test(digits))
      ? digits.replace(/\D/g, '')
      : digits.replace(/['’\s]/g, '').replace(',', '.');
  const number = Number(plain) * (unit ?? 1);
  return Number.isFinite(number) ? Math.floor(number) : null;
}
