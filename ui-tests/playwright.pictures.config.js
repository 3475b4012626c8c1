/**
 * Takes the pictures of the documentation, on a site that is made anew for them.
 */
const { tmpdir } = require('os');
const { join } = require('path');

// Stands in the pictures.
const site = join(tmpdir(), 'demo');
process.env.UI_TESTS_PORT ??= '8898';
const tests = require('./playwright.config');

module.exports = {
  ...tests,
  testMatch: 'pictures/*.pictures.ts',
  outputDir: 'test-results/pictures',
  reporter: 'list',
  retries: 0,
  workers: 1,
  timeout: 180 * 1000,
  use: {
    ...tests.use,
    deviceScaleFactor: 2,
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'off'
  },
  webServer: {
    ...tests.webServer,
    command: `rm -rf '${site}' && jlpm start`,
    env: { ...tests.webServer.env, UI_TESTS_SITE: site },
    reuseExistingServer: false
  }
};
