/**
 * Fails a test that writes an error or a warning to the console. A test that expects one replaces the
 * method with `jest.spyOn(console, 'error').mockImplementation()`.
 */

/**
 * Warnings of other projects that our tests cannot avoid.
 */
const KNOWN = [
  // Yjs, about how @jupyter/ydoc creates the cells of a notebook.
  /^Invalid access: Add Yjs type to a document before reading data\.$/,
  /^\[yjs#509\] Not same Y\.Doc$/
];

const unexpected = [];

for (const level of ['error', 'warn']) {
  const original = console[level];
  console[level] = (...data) => {
    if (KNOWN.some(known => known.test(String(data[0])))) {
      return;
    }
    unexpected.push(`console.${level}: ${data.map(String).join(' ')}`);
    original.call(console, ...data);
  };
}

function check() {
  const messages = unexpected.splice(0);
  if (messages.length > 0) {
    throw new Error(
      `Something was written to the console:\n\n${messages.join('\n\n')}`
    );
  }
}

afterEach(check);
// Also what is written after the last test.
afterAll(check);
