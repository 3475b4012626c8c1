const UNITS = [
  'byte',
  'kilobyte',
  'megabyte',
  'gigabyte',
  'terabyte',
  'petabyte'
];

/**
 * A number of bytes in a decimal unit, such as `1.2 TB`.
 */
export function formatBytes(bytes: number, locale?: string): string {
  const power = Math.min(
    UNITS.length - 1,
    Math.floor(Math.log10(Math.max(bytes, 1)) / 3)
  );
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: UNITS[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumSignificantDigits: 3
  }).format(bytes / 1000 ** power);
}
