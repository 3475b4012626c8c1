const jestJupyterLab = require('@jupyterlab/testutils/lib/jest-config');

// Packages that only have ES modules, which Jest must transpile.
const esModules = [
  '@codemirror',
  '@jupyter/react-components',
  '@jupyter/web-components',
  '@jupyter/ydoc',
  '@jupyterlab/',
  '@microsoft',
  'exenv-es6',
  'lib0',
  'nanoid',
  'vscode-ws-jsonrpc',
  'y-protocols',
  'y-websocket',
  'yjs'
].join('|');

const config = jestJupyterLab(__dirname);

module.exports = {
  ...config,
  collectCoverageFrom: ['src/**/*.{ts,tsx}', '!src/**/*.d.ts'],
  coverageReporters: ['lcov', 'text'],
  reporters: ['default'],
  roots: ['<rootDir>/src'],
  setupFiles: [...config.setupFiles, '<rootDir>/scripts/jest/browser.js'],
  setupFilesAfterEnv: ['<rootDir>/scripts/jest/console.js'],
  testRegex: '/__tests__/.*\\.spec\\.tsx?$',
  transform: {
    ...config.transform,
    '\\.md$': '@jupyterlab/testing/lib/jest-raw-loader.js'
  },
  transformIgnorePatterns: [`/node_modules/(?!${esModules}).+`]
};
