/**
 * Galata's own configuration, with the system's Chromium where there is one.
 */
const { existsSync } = require('fs');
const galata = require('@jupyterlab/galata/lib/playwright-config');

// Not JupyterLab's usual port, which a JupyterLab in use may hold.
const port = process.env.UI_TESTS_PORT ?? '8899';
const chromium = '/usr/bin/chromium';

module.exports = {
  ...galata,
  forbidOnly: Boolean(process.env.CI),
  // Two cores start kernels and jobs beside the browser.
  expect: { timeout: 15 * 1000 },
  workers: 2,
  // A machine that is shared may stall once; what passes only then is told as flaky.
  retries: process.env.CI ? 1 : 0,
  reporter: [['list'], ['html', { open: 'never' }]],
  use: {
    ...galata.use,
    baseURL: `http://localhost:${port}`,
    launchOptions: {
      ...(existsSync(chromium) ? { executablePath: chromium } : {}),
      args: [
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-gpu',
        '--disable-quic',
        '--disable-sync',
        '--no-first-run',
        // Chromium's sandbox needs rights that containers lack.
        '--no-sandbox'
      ]
    },
    trace: 'retain-on-failure',
    // Needs a build of ffmpeg that only Playwright's own browsers bring.
    video: 'off'
  },
  webServer: {
    command: 'jlpm start',
    env: { UI_TESTS_PORT: port },
    url: `http://localhost:${port}/lab`,
    timeout: 120 * 1000
  }
};
