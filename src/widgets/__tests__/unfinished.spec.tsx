import { Notification } from '@jupyterlab/apputils';
import { fireEvent, render, screen, within } from '@testing-library/react';
import React from 'react';

import { draftAnswer, jobAnswer } from '../../api/__tests__/answers';
import { unfinishedAnswer } from '../../api/__tests__/answers';
import type { IJob, IJobOrder, IUnfinished } from '../../api/types';
import { CatalogError } from '../../errors';
import { JobPane } from '../JobPane';
import {
  orderForUnfinished,
  orderWithRepository,
  unconfirmedRepository
} from '../unfinished';
import { workbenchOver } from './bench';

const bob: Partial<IUnfinished> = {
  is_own: false,
  account: 'bob',
  etag: 'of-bob'
};

/**
 * The dialog, once it is there.
 */
async function dialog(title: string): Promise<HTMLElement> {
  await screen.findByText(title);
  const found = document.querySelector<HTMLElement>('.jp-Dialog');
  if (!found) {
    throw new Error('There is no dialog.');
  }
  return found;
}

async function press(title: string, label: string): Promise<void> {
  fireEvent.click(within(await dialog(title)).getByText(label));
}

function benchOf(found: Partial<IUnfinished>) {
  const getUnfinished = jest.fn(async () => unfinishedAnswer(found));
  return { getUnfinished, ...workbenchOver({ getUnfinished }) };
}

const expectNoDialog = () =>
  expect(document.querySelector('.jp-Dialog')).toBeNull();

afterEach(() => {
  expectNoDialog();
  Notification.dismiss();
});

describe('orderForUnfinished', () => {
  it.each(['resume', 'undo'] as const)(
    'asks nothing before one’s own, where nothing is deleted: %s',
    async kind => {
      const { workbench } = benchOf({});
      expect(await orderForUnfinished(workbench, kind, 'iris')).toEqual({
        kind,
        name: 'iris'
      });
    }
  );

  it('asks nothing before it finishes one’s own whose undo would delete', async () => {
    const { workbench } = benchOf({ deletes: 'NERSC/iris' });
    expect(await orderForUnfinished(workbench, 'resume', 'iris')).toEqual({
      kind: 'resume',
      name: 'iris'
    });
  });

  it('names the repository that undoing one’s own deletes', async () => {
    const { workbench } = benchOf({
      deletes: 'NERSC/iris',
      undo: ['Delete the repository NERSC/iris from the Hub']
    });
    const title = 'Undo the publication of "iris"?';
    for (const [label, order] of [
      ['Cancel', null],
      ['Undo and delete', { kind: 'undo', name: 'iris' }]
    ] as const) {
      const asked = orderForUnfinished(workbench, 'undo', 'iris');
      const text = (await dialog(title)).textContent;
      expect(text).toContain('Delete the repository NERSC/iris from the Hub');
      expect(text).not.toContain('It was begun by');
      await press(title, label);
      expect(await asked).toEqual(order);
    }
  });

  it.each([
    ['resume', 'Finish the publication of "iris"?', 'Finish'],
    ['undo', 'Undo the publication of "iris"?', 'Undo']
  ] as const)(
    'shows whose somebody else’s is, and what it does: %s',
    async (kind, title, label) => {
      const { workbench } = benchOf(bob);
      let asked = orderForUnfinished(workbench, kind, 'iris');
      const text = (await dialog(title)).textContent;
      expect(text).toContain('It was begun by bob.');
      for (const action of unfinishedAnswer()[kind]) {
        expect(text).toContain(action);
      }
      await press(title, 'Cancel');
      expect(await asked).toBeNull();

      asked = orderForUnfinished(workbench, kind, 'iris');
      await press(title, label);
      // The yes is for what was shown, and for nothing else.
      expect(await asked).toEqual({ kind, name: 'iris', take_over: 'of-bob' });
    }
  );

  it('warns of what undoing somebody else’s deletes', async () => {
    const { workbench } = benchOf({ ...bob, deletes: 'NERSC/iris' });
    const asked = orderForUnfinished(workbench, 'undo', 'iris');
    const title = 'Undo the publication of "iris"?';
    const button = within(await dialog(title))
      .getByText('Undo and delete')
      .closest('button');
    expect(button?.classList).toContain('jp-mod-warn');
    await press(title, 'Undo and delete');
    expect(await asked).toEqual({
      kind: 'undo',
      name: 'iris',
      take_over: 'of-bob'
    });
  });

  it('says somebody else where the account cannot be seen', async () => {
    const { workbench } = benchOf({ ...bob, account: '' });
    const asked = orderForUnfinished(workbench, 'resume', 'iris');
    const title = 'Finish the publication of "iris"?';
    expect((await dialog(title)).textContent).toContain(
      'It was begun by somebody else.'
    );
    await press(title, 'Cancel');
    expect(await asked).toBeNull();
  });

  it('shows what others wrote as text', async () => {
    const { workbench } = benchOf({
      ...bob,
      account: '<img src=x onerror=alert(1)>',
      resume: ['<b>Nothing</b>', '<script>alert(1)</script>']
    });
    const asked = orderForUnfinished(workbench, 'resume', 'iris');
    const title = 'Finish the publication of "iris"?';
    const found = await dialog(title);
    expect(found.textContent).toContain('<script>alert(1)</script>');
    expect(found.querySelector('img, script, b')).toBeNull();
    await press(title, 'Cancel');
    await asked;
  });

  it('leaves it to the job to say what is wrong with what is damaged', async () => {
    const { workbench } = benchOf({ ...bob, etag: '', problem: 'Damaged.' });
    expect(await orderForUnfinished(workbench, 'undo', 'iris')).toEqual({
      kind: 'undo',
      name: 'iris'
    });
  });

  it('tells why nothing is known, and orders nothing', async () => {
    const { workbench } = workbenchOver({
      getUnfinished: () =>
        Promise.reject(new CatalogError('not_found', 'It is done already.'))
    });
    expect(await orderForUnfinished(workbench, 'undo', 'iris')).toBeNull();
    expect(
      Notification.manager.notifications.map(({ message }) => message)
    ).toEqual(['It is done already.']);
  });
});

const asks = {
  state: 'failed',
  error: {
    code: 'conflict',
    detail: "Is 'NERSC/moon' meant?",
    errors: [{ pointer: '/repo_id', code: 'unconfirmed', detail: 'NERSC/moon' }]
  }
} satisfies Partial<IJob>;

describe('a repository that has to be confirmed', () => {
  it('is told by the job’s error alone', () => {
    expect(unconfirmedRepository(jobAnswer(asks))).toBe('NERSC/moon');
    expect(unconfirmedRepository(jobAnswer())).toBeNull();
    const error = { code: 'conflict' as const, detail: 'No.', errors: [] };
    expect(unconfirmedRepository(jobAnswer({ error }))).toBeNull();
  });

  it.each([
    [
      jobAnswer({ ...asks, kind: 'retire' }),
      'Delete NERSC/moon from the Hub?',
      'Delete',
      {
        kind: 'retire',
        name: 'iris',
        from_hub: true,
        confirmed: 'NERSC/moon'
      }
    ],
    [
      jobAnswer({ ...asks, kind: 'update', draft_id: '0123' }),
      'Change NERSC/moon on the Hub?',
      'Change',
      { kind: 'update', draft_id: '0123', confirmed: 'NERSC/moon' }
    ]
  ] as const)(
    'is named in full before anything is done',
    async (job, title, label, order) => {
      const { services } = workbenchOver();
      let asked = orderWithRepository(job, 'NERSC/moon', services.trans);
      expect((await dialog(title)).textContent).toContain(
        "Is 'NERSC/moon' meant?"
      );
      await press(title, 'Cancel');
      expect(await asked).toBeNull();
      asked = orderWithRepository(job, 'NERSC/moon', services.trans);
      await press(title, label);
      expect(await asked).toEqual(order);
    }
  );
});

describe('JobPane', () => {
  async function show(job: IJob, found: Partial<IUnfinished> = {}) {
    const startJob = jest.fn(async () => jobAnswer({ id: 'j2' }));
    const { workbench } = workbenchOver({
      startJob,
      listJobs: async () => ({ jobs: [job] }),
      getUnfinished: async () => unfinishedAnswer(found),
      getDraft: async id => draftAnswer({}, { id })
    });
    await workbench.jobs.refresh();
    const onJob = jest.fn();
    render(
      <JobPane
        workbench={workbench}
        jobId={job.id}
        onJob={onJob}
        onDraft={jest.fn()}
      />
    );
    return { startJob, onJob };
  }

  it('goes on with another repository only after a yes', async () => {
    const { startJob, onJob } = await show(
      jobAnswer({ ...asks, kind: 'update', draft_id: '0123' })
    );
    const title = 'Change NERSC/moon on the Hub?';
    fireEvent.click(screen.getByText('Go on with NERSC/moon…'));
    await press(title, 'Cancel');
    expect(startJob).not.toHaveBeenCalled();
    fireEvent.click(screen.getByText('Go on with NERSC/moon…'));
    await press(title, 'Change');
    await new Promise(resolve => setTimeout(resolve));
    expect(startJob).toHaveBeenCalledWith({
      kind: 'update',
      draft_id: '0123',
      confirmed: 'NERSC/moon'
    });
    expect(onJob).toHaveBeenCalledWith('j2');
  });

  it('asks before it takes over what somebody else left', async () => {
    const { startJob } = await show(
      jobAnswer({ state: 'failed', kept: true }),
      bob
    );
    fireEvent.click(screen.getByText('Resume'));
    await press('Finish the publication of "iris"?', 'Finish');
    await new Promise(resolve => setTimeout(resolve));
    expect(startJob).toHaveBeenCalledWith({
      kind: 'resume',
      name: 'iris',
      take_over: 'of-bob'
    });
  });
});
