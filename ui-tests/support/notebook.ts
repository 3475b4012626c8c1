import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import { expect } from '@jupyterlab/galata';

/**
 * One code cell after a run.
 */
export interface IRunCell {
  source: string;
  executionCount: number | null;
  /**
   * What it printed.
   */
  text: string;
  /**
   * Names of the exceptions it ended with.
   */
  errors: string[];
}

/**
 * Wait for a notebook to be the tab in front.
 */
export async function expectNotebook(
  page: IJupyterLabPageFixture,
  file: string | RegExp
): Promise<void> {
  await expect(
    page.getByRole('main').getByRole('tab', { name: file, selected: true })
  ).toBeVisible();
  await expect(page.locator('.jp-Notebook-cell:visible').first()).toBeVisible();
}

/**
 * Run all cells of the active notebook, and read what came of it.
 */
export async function runAll(
  page: IJupyterLabPageFixture
): Promise<IRunCell[]> {
  await page.notebook.run();
  return codeCells(page);
}

/**
 * The code cells of the active notebook, those out of sight too.
 */
export async function codeCells(
  page: IJupyterLabPageFixture
): Promise<IRunCell[]> {
  const cells = await page.evaluate(() => {
    const panel = window.jupyterapp.shell.currentWidget as unknown as {
      content: { model: { toJSON: () => { cells: unknown[] } } };
    };
    return panel.content.model.toJSON().cells;
  });
  return (cells as ICell[])
    .filter(({ cell_type }) => cell_type === 'code')
    .map(({ source, execution_count, outputs }) => ({
      source: [source].flat().join(''),
      executionCount: execution_count,
      text: outputs.flatMap(({ text }) => text ?? []).join(''),
      errors: outputs.flatMap(({ ename }) => ename ?? [])
    }));
}

interface ICell {
  cell_type: string;
  source: string | string[];
  execution_count: number | null;
  outputs: { text?: string | string[]; ename?: string }[];
}
