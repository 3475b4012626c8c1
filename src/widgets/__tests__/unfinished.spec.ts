import { Dialog } from '@jupyterlab/apputils';

import { jobAnswer } from '../../api/__tests__/answers';
import type { IUnfinished } from '../../api/types';
import { orderForUnfinished, orderWithRepository } from '../unfinished';
import { workbenchOver } from './bench';

const own: IUnfinished = {
  name: 'tides',
  account: 'ada',
  is_own: true,
  etag: 'e1',
  resume: ['Send README.md'],
  undo: ['Delete the repository NERSC/tides from the Hub']
};

/**
 * Answer the dialog that is asked next, and tell what it said.
 */
async function answer(button: RegExp): Promise<string> {
  for (let turn = 0; turn < 50; turn++) {
    await new Promise(resolve => setTimeout(resolve));
    const dialog = document.querySelector('.jp-Dialog');
    const found = [...(dialog?.querySelectorAll('button') ?? [])].find(it =>
      button.test(it.textContent ?? '')
    );
    // React draws the title and the body a moment after the buttons.
    if (dialog?.textContent?.includes('?') && found) {
      const said = dialog.textContent ?? '';
      found.click();
      return said;
    }
  }
  throw new Error('Nothing was asked.');
}

afterEach(() => Dialog.flush());

const ask = (kind: 'resume' | 'undo', part: Partial<IUnfinished>) => {
  const { workbench } = workbenchOver({
    getUnfinished: async () => ({ ...own, ...part })
  });
  return orderForUnfinished(workbench, kind, 'tides');
};

describe('an unfinished publication', () => {
  it('of one’s own is resumed without a question', async () => {
    expect(await ask('resume', {})).toEqual({ kind: 'resume', name: 'tides' });
  });

  it('whose repository would be deleted is undone after one', async () => {
    const order = ask('undo', { deletes: 'NERSC/tides' });
    expect(await answer(/Undo and delete/)).toContain('NERSC/tides');
    expect(await order).toEqual({ kind: 'undo', name: 'tides' });
  });

  it('of somebody else is taken over as it was seen, or not at all', async () => {
    const order = ask('resume', { is_own: false, account: 'mallory' });
    const said = await answer(/^Finish$/);
    expect(said).toContain('mallory');
    expect(said).toContain('Send README.md');
    expect(await order).toEqual({
      kind: 'resume',
      name: 'tides',
      take_over: 'e1'
    });
    const refused = ask('resume', { is_own: false });
    await answer(/^Cancel$/);
    expect(await refused).toBeNull();
  });

  it('that cannot be read leads to a job that says why', async () => {
    expect(await ask('undo', { is_own: false, problem: 'Damaged.' })).toEqual({
      kind: 'undo',
      name: 'tides'
    });
  });
});

describe('a repository that does not name the entry', () => {
  const error = {
    code: 'conflict' as const,
    detail: 'Is it meant?',
    errors: [{ pointer: '/repo_id', code: 'unconfirmed', detail: 'NERSC/sky' }]
  };
  const { trans } = workbenchOver().services;

  it.each([
    [
      jobAnswer({ kind: 'retire', name: 'sky', error }),
      /^Delete$/,
      { kind: 'retire', name: 'sky', from_hub: true, confirmed: 'NERSC/sky' }
    ],
    [
      jobAnswer({ kind: 'update', name: 'sky', draft_id: '01', error }),
      /^Change$/,
      { kind: 'update', draft_id: '01', confirmed: 'NERSC/sky' }
    ]
  ])('is changed after a yes', async (job, button, order) => {
    const asked = orderWithRepository(job, 'NERSC/sky', trans);
    expect(await answer(button)).toContain('NERSC/sky');
    expect(await asked).toEqual(order);
  });
});
