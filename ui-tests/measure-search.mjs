/**
 * Opens the panel on a catalog, types, scrolls, and prints as JSON how long it took and how much
 * memory it holds: node measure-search.mjs URL QUERIES (a JSON array).
 */
import { existsSync } from 'node:fs';

import { chromium } from '@playwright/test';

import { watchRequests } from './support/quiet.mjs';

const [url, queries] = process.argv.slice(2);
const system = '/usr/bin/chromium';
const OPENINGS = 7;
const SCROLL_SECONDS = 5;
/**
 * Milliseconds from key to key: ten a second, as fast as people type.
 */
const KEY_PAUSE = 100;
const DATASETS = /\/huggingnersc-lab\/datasets(\?|$)/;

const browser = await chromium.launch({
  ...(existsSync(system) ? { executablePath: system } : {}),
  // Chromium's sandbox needs rights that containers lack.
  args: ['--no-sandbox', '--disable-gpu']
});
const page = await browser.newPage({ viewport: { width: 1300, height: 900 } });
const quiet = watchRequests(page);
const devtools = await page.context().newCDPSession(page);
await devtools.send('Performance.enable');

/**
 * Runs in the page before anything else of it.
 */
await page.addInitScript(() => {
  window.measure = {
    get panel() {
      return [...window.jupyterapp.shell.widgets('left')].find(
        ({ id }) => id === 'huggingnersc-lab-sidebar'
      );
    },
    get search() {
      return this.panel.loaded.search;
    },
    /**
     * The time at which what is in the page by now has been painted.
     */
    painted: () =>
      new Promise(resolve =>
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now());
          port2.postMessage(null);
        })
      ),
    /**
     * Wait until something holds in the page, looking at each change of it.
     */
    until: holds =>
      new Promise(resolve => {
        const look = () => {
          if (holds()) {
            observer.disconnect();
            resolve();
          }
        };
        const observer = new MutationObserver(look);
        observer.observe(document.body, {
          attributes: true,
          characterData: true,
          childList: true,
          subtree: true
        });
        look();
      }),
    hasRows: () =>
      document.querySelector(
        '.hnl-List-rows [data-hnl-name] .hnl-Row-title'
      ) !== null
  };
});

async function load() {
  await page.goto(url);
  await page.waitForFunction(() => window.jupyterapp);
  await page.evaluate(() => window.jupyterapp.restored);
  await quiet();
}

/**
 * Milliseconds from the wish for the panel to its first rows.
 */
async function open() {
  return page.evaluate(async () => {
    const start = performance.now();
    void window.jupyterapp.commands.execute('huggingnersc-lab:show');
    await window.measure.until(window.measure.hasRows);
    return (await window.measure.painted()) - start;
  });
}

/**
 * MB of JavaScript's heap after what is not needed any more was thrown away.
 */
async function heap() {
  await devtools.send('HeapProfiler.collectGarbage');
  await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'JSHeapUsedSize').value / 1e6;
}

/**
 * Milliseconds from each key to the painted list that fits what was typed.
 */
async function type(words) {
  const field = page.getByRole('searchbox', { name: 'Search datasets' });
  await page.evaluate(() => {
    window.keystrokes = [];
    const { search, painted } = window.measure;
    let pressed = null;
    let tell = () => undefined;
    window.measure.typed = () =>
      new Promise(resolve => {
        tell = resolve;
      });
    document.addEventListener(
      'keydown',
      event => {
        pressed = event.timeStamp;
      },
      { capture: true }
    );
    search.stateChanged.connect(async () => {
      if (pressed !== null && search.isCurrent) {
        const start = pressed;
        pressed = null;
        // React has drawn it when the next frame begins.
        window.keystrokes.push((await painted()) - start);
        tell();
      }
    });
  });
  for (const word of words) {
    await field.fill('');
    await page.waitForFunction(() => window.measure.search.isCurrent);
    for (const letter of word) {
      const next = new Promise(resolve => setTimeout(resolve, KEY_PAUSE));
      // Nothing looks into the page between the key and the list: that would take its time, too.
      const typed = page.evaluate(() => window.measure.typed());
      await page.keyboard.press(letter === ' ' ? 'Space' : letter);
      await typed;
      await next;
    }
  }
  await field.fill('');
  await page.waitForFunction(() => window.measure.search.isCurrent);
  return page.evaluate(() => window.keystrokes);
}

/**
 * Milliseconds between frames while the list is scrolled, and the rows that came too late.
 */
async function scroll() {
  return page.evaluate(async seconds => {
    const list = document.querySelector('.hnl-List');
    const deltas = [];
    let waiting = 0;
    let seen = 0;
    const frame = () => new Promise(requestAnimationFrame);
    let last = await frame();
    const end = last + 1000 * seconds;
    while (last < end) {
      list.scrollTop += 40;
      const now = await frame();
      deltas.push(now - last);
      last = now;
      seen += document.querySelectorAll('.hnl-List-rows > li').length;
      waiting += document.querySelectorAll('.hnl-Row-waiting').length - 1;
    }
    return { deltas, waiting: waiting / seen };
  }, SCROLL_SECONDS);
}

/**
 * Jump all over the list, so that many pages come and go.
 */
async function wander() {
  await page.evaluate(async () => {
    const list = document.querySelector('.hnl-List');
    for (let step = 0; step <= 60; step++) {
      list.scrollTop = (list.scrollHeight * step) / 60;
      await new Promise(resolve => setTimeout(resolve, 120));
    }
    list.scrollTop = 0;
  });
}

const openings = [];
for (let round = 0; round <= OPENINGS; round++) {
  await load();
  const milliseconds = await open();
  // The first time fills the browser's cache.
  if (round > 0) {
    openings.push(milliseconds);
  }
}

// The panel with nothing in it, and then the same with all.
await page.route(DATASETS, async route => {
  const answer = await route.fetch();
  const nothing = { datasets: [], total: 0, is_refreshing: false };
  await route.fulfill({ json: { ...(await answer.json()), ...nothing } });
});
await load();
await page.evaluate(() =>
  window.jupyterapp.commands.execute('huggingnersc-lab:show')
);
await page.getByText('No datasets yet').waitFor();
const empty = await heap();
await page.unroute(DATASETS);
await page.evaluate(() => window.measure.search.refresh());
await page.waitForFunction(() => window.measure.hasRows());

const keystrokes = await type(JSON.parse(queries));
const frames = await scroll();
await wander();
const full = await heap();
await browser.close();
console.log(JSON.stringify({ openings, keystrokes, ...frames, empty, full }));
