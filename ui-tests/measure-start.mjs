/**
 * Starts JupyterLab again and again, and prints as JSON what each extension loaded and how long it
 * took: node measure-start.mjs URL RELOADS EXTENSION...
 */
import { existsSync } from 'node:fs';

import { chromium } from '@playwright/test';

import { watchRequests } from './support/quiet.mjs';

const [url, reloads, ...extensions] = process.argv.slice(2);
const system = '/usr/bin/chromium';

/**
 * Runs in the page before anything else of it: marks how long the entry of an extension takes to
 * run, and each of its plugins to be activated.
 */
function watch(names) {
  const timed = (name, run) => {
    const start = performance.now();
    try {
      return run();
    } finally {
      performance.measure(name, { start, end: performance.now() });
    }
  };
  const wrap = (name, container) => ({
    ...container,
    get: async request => {
      const factory = await container.get(request);
      return () => {
        const module = timed(name, factory);
        if (request === './extension') {
          for (const plugin of [module.default].flat()) {
            const { activate } = plugin;
            plugin.activate = (...given) =>
              timed(name, () => activate.apply(plugin, given));
          }
        }
        return module;
      };
    }
  });
  // Each entry puts its container into this object when its script has run.
  const containers = {};
  for (const name of names) {
    let held;
    Object.defineProperty(containers, name, {
      configurable: true,
      enumerable: true,
      get: () => held,
      set: container => {
        held = wrap(name, container);
      }
    });
  }
  window._JUPYTERLAB = containers;
}

const browser = await chromium.launch({
  ...(existsSync(system) ? { executablePath: system } : {}),
  // Chromium's sandbox needs rights that containers lack.
  args: ['--no-sandbox', '--disable-gpu']
});
const page = await browser.newPage();
const quiet = watchRequests(page);
await page.addInitScript(watch, extensions);
const found = Object.fromEntries(
  extensions.map(name => [name, { files: [], milliseconds: [] }])
);
let isFirst = true;
page.on('request', request => {
  const { pathname } = new URL(request.url());
  for (const name of isFirst ? extensions : []) {
    const [, file] = pathname.split(`/extensions/${name}/static/`);
    if (file) {
      found[name].files.push(file);
    }
  }
});
// The first time fills the browser's cache.
for (let round = 0; round <= Number(reloads); round++) {
  await page.goto(url);
  await page.waitForFunction(() => window.jupyterapp);
  await page.evaluate(() => window.jupyterapp.restored);
  await quiet();
  const times = await page.evaluate(
    names =>
      names.map(name =>
        performance
          .getEntriesByName(name, 'measure')
          .reduce((sum, { duration }) => sum + duration, 0)
      ),
    extensions
  );
  if (!isFirst) {
    extensions.forEach((name, index) =>
      found[name].milliseconds.push(times[index])
    );
  }
  isFirst = false;
}
await browser.close();
console.log(JSON.stringify(found));
