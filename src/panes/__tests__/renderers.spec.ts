import { Sanitizer } from '@jupyterlab/apputils';

import { inertSanitizer } from '../renderers';

describe('inertSanitizer', () => {
  const { sanitize } = inertSanitizer(new Sanitizer());

  it('fetches no image from elsewhere, and links to it instead', () => {
    const clean = sanitize('<img src="https://evil.example/x.png" alt="Plot">');
    expect(clean).not.toContain('<img');
    expect(clean).toContain('href="https://evil.example/x.png"');
    expect(clean).toContain('>Plot</a>');
  });

  it('keeps an image that is in the card itself', () => {
    expect(sanitize('<img src="data:image/png;base64,AAAA">')).toContain(
      '<img'
    );
  });

  it.each([
    '<p style="background: url(https://evil.example/x.png)">Text</p>',
    '<p style="background: URL(https://evil.example/x.png)">Text</p>',
    '<p style="position: fixed; top: 0">Text</p>'
  ])('shows %s as plain text', dirty => {
    expect(sanitize(dirty)).toBe('<p>Text</p>');
  });

  it.each([
    '<img srcset="https://evil.example/x.png 2x" alt="Plot">',
    '<video poster="https://evil.example/x.png"></video>',
    '<table background="https://evil.example/x.png"></table>'
  ])('fetches nothing for %s', dirty => {
    expect(sanitize(dirty)).not.toMatch(/srcset|poster|background/);
  });

  it('opens links without telling where they were followed from', () => {
    const clean = sanitize('<a href="https://hub.example">x</a>');
    expect(clean).toContain('rel="noopener noreferrer"');
    expect(clean).toContain('target="_blank"');
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src="x" onerror="alert(1)">',
    '<a href="javascript:alert(1)">x</a>'
  ])('leaves nothing in %s that runs', dirty => {
    expect(sanitize(dirty)).not.toMatch(/alert/);
  });
});
