import { createRequire } from 'node:module';

import { expect, type IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';
import type { AxeResults } from 'axe-core';

/**
 * The themes that JupyterLab comes with.
 */
export const THEMES = [
  'JupyterLab Light',
  'JupyterLab Dark',
  'JupyterLab Dark High Contrast'
] as const;

/**
 * The part of `window.axe` that is used here.
 */
interface IAxe {
  run: (context: Element) => Promise<AxeResults>;
}

const AXE = createRequire(__filename).resolve('axe-core/axe.min.js');

/**
 * Expect axe-core to find nothing in a part of the page, in any theme.
 */
export async function expectAccessible(
  page: IJupyterLabPageFixture,
  view: string,
  root: Locator
): Promise<void> {
  const found: string[] = [];
  for (const theme of THEMES) {
    await page.theme.setTheme(theme);
    const findings = await findingsIn(page, root);
    found.push(...findings.map(finding => `${theme}: ${finding}`));
  }
  expect.soft(found, `axe-core in: ${view}`).toEqual([]);
}

async function findingsIn(
  page: IJupyterLabPageFixture,
  root: Locator
): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) {
    await page.addScriptTag({ path: AXE });
  }
  return root.evaluate(async node => {
    const { axe } = window as unknown as { axe: IAxe };
    // JupyterLab's body has no height and hides what is outside it, as axe-core sees it: everything.
    const { style } = document.body;
    const { height } = style;
    style.height = '100vh';
    const { violations, passes } = await axe.run(node);
    style.height = height;
    if (
      !passes.some(
        ({ id, nodes }) => id === 'color-contrast' && nodes.length > 3
      )
    ) {
      return ['axe-core has seen no text here'];
    }
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary, html }) =>
          `${id} ${target.join(' ')} ${html.slice(0, 120)}: ${failureSummary}`
      )
    );
  });
}

/**
 * Expect a part of the page to hold everything in its width. Code and tables may scroll inside.
 */
export async function expectFitting(
  view: string,
  root: Locator
): Promise<void> {
  const wide = await root.evaluate(node => {
    const { left, right } = node.getBoundingClientRect();
    return [...node.querySelectorAll<HTMLElement>('*')]
      .filter(element => {
        const box = element.getBoundingClientRect();
        return (
          box.width > 1 &&
          box.height > 1 &&
          (box.right > right + 1 || box.left < left - 1) &&
          !element.closest('.cm-scroller, .cm-announced, pre, table')
        );
      })
      .map(element => `${element.tagName} ${element.className}`);
  });
  expect.soft(wide, `wider than the panel in: ${view}`).toEqual([]);
}
