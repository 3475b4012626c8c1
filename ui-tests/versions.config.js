/**
 * A walk through other versions than the one that Galata is made for. JUPYTER names the `jupyter`
 * of an environment that has one and this package, APPLICATION what of it is opened: `lab` or
 * `notebook`.
 */
const galata = require('./playwright.config');

const { JUPYTER: jupyter = 'jupyter', APPLICATION: application = 'lab' } =
  process.env;

module.exports = {
  ...galata,
  testDir: 'versions',
  testMatch: '*.ts',
  // A reload loads all of JupyterLab.
  expect: { timeout: 15_000 },
  webServer: {
    ...galata.webServer,
    command: `"${jupyter}" ${application} --config jupyter_server_test_config.py`,
    url: galata.webServer.url.replace(/lab$/, 'api')
  }
};
