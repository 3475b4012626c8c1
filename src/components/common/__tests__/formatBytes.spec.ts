import { formatBytes } from '../formatBytes';

describe('formatBytes', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1234, '1.23 kB'],
    [1_230_000, '1.23 MB'],
    [4.5e12, '4.5 TB'],
    [1e19, '10,000 PB']
  ])('writes %d as %s', (bytes, text) => {
    expect(formatBytes(bytes, 'en')).toBe(text);
  });
});
