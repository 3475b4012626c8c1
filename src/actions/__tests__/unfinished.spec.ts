import { Notification } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { within } from '@testing-library/react';

import { jobAnswer, unfinishedAnswer } from '../../api/__tests__/answers';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import type { IJob, IUnfinished } from '../../types/api';
import { CatalogError } from '../../types/errors';
import { orderForUnfinished, orderWithRepository } from '../unfinished';
import { pressInDialog, shownDialog } from './dialog';

const trans = nullTranslator.load('test');

const BY_BOB: Partial<IUnfinished> = {
  is_own: false,
  account: 'bob',
  etag: 'of-bob'
};

const orderFor = (kind: 'resume' | 'undo', part: Partial<IUnfinished> = {}) =>
  orderForUnfinished(
    workbenchOver({ getUnfinished: async () => unfinishedAnswer(part) })
      .workbench,
    kind,
    'iris'
  );

afterEach(() => {
  expect(document.querySelector('.jp-Dialog')).toBeNull();
  Notification.dismiss();
});

describe('orderForUnfinished', () => {
  it.each([
    ['resume', {}],
    ['undo', {}],
    ['resume', { deletes: 'NERSC/iris' }],
    // The job says best what is wrong.
    ['resume', { ...BY_BOB, problem: 'It cannot be read.' }],
    ['undo', { ...BY_BOB, deletes: 'NERSC/iris', problem: 'Damaged.' }]
  ] as const)('asks nothing to %s %j', async (kind, part) => {
    expect(await orderFor(kind, part)).toEqual({ kind, name: 'iris' });
  });

  it.each([
    ['Cancel', null],
    ['Undo and delete', { kind: 'undo', name: 'iris' }]
  ])('names the repository that undoing deletes: %s', async (label, order) => {
    const action = 'Delete the repository NERSC/iris from the Hub';
    const asked = orderFor('undo', { deletes: 'NERSC/iris', undo: [action] });
    const text = await pressInDialog(label);
    expect(text).toContain('Undo the publication of "iris"?');
    expect(text).toContain(action);
    expect(text).not.toContain('It was started by');
    expect(await asked).toEqual(order);
  });

  it.each([
    ['resume', 'Finish the publication of "iris"?', 'Finish'],
    ['undo', 'Undo the publication of "iris"?', 'Undo']
  ] as const)(
    'says whose publication it is, and what will be done: %s',
    async (kind, title, label) => {
      const refused = orderFor(kind, BY_BOB);
      const text = await pressInDialog('Cancel');
      expect(text).toContain(title);
      expect(text).toContain('It was started by bob.');
      for (const action of unfinishedAnswer()[kind]) {
        expect(text).toContain(action);
      }
      expect(await refused).toBeNull();

      const agreed = orderFor(kind, BY_BOB);
      await pressInDialog(label);
      // The yes is for the state that was shown, and for no later one.
      expect(await agreed).toEqual({ kind, name: 'iris', take_over: 'of-bob' });
    }
  );

  it('warns of a deletion when it takes over', async () => {
    const asked = orderFor('undo', { ...BY_BOB, deletes: 'NERSC/iris' });
    const button = within(await shownDialog())
      .getByText('Undo and delete')
      .closest('button');
    expect(button?.classList).toContain('jp-mod-warn');
    await pressInDialog('Undo and delete');
    expect(await asked).toEqual({
      kind: 'undo',
      name: 'iris',
      take_over: 'of-bob'
    });
  });

  it('says "somebody else" if the account is not known', async () => {
    const asked = orderFor('resume', { ...BY_BOB, account: '' });
    expect(await pressInDialog('Cancel')).toContain(
      'It was started by somebody else.'
    );
    expect(await asked).toBeNull();
  });

  it('shows what other people wrote as text', async () => {
    const asked = orderFor('resume', {
      ...BY_BOB,
      account: '<img src=x onerror=alert(1)>',
      resume: ['<b>Nothing</b>', '<script>alert(1)</script>']
    });
    const dialog = await shownDialog();
    expect(dialog.textContent).toContain('<img src=x onerror=alert(1)>');
    expect(dialog.textContent).toContain('<script>alert(1)</script>');
    expect(dialog.querySelector('img, script, b')).toBeNull();
    await pressInDialog('Cancel');
    expect(await asked).toBeNull();
  });

  it('says why it cannot be read, and orders nothing', async () => {
    const { workbench } = workbenchOver({
      getUnfinished: () =>
        Promise.reject(new CatalogError('not_found', 'It is done already.'))
    });
    expect(await orderForUnfinished(workbench, 'undo', 'iris')).toBeNull();
    const notices = Notification.manager.notifications.map(it => it.message);
    expect(notices).toEqual(['It is done already.']);
  });
});

const unconfirmed = {
  state: 'failed',
  error: {
    code: 'conflict',
    detail: 'It belongs to others.',
    errors: [{ pointer: '/repo_id', code: 'unconfirmed', detail: 'NERSC/moon' }]
  }
} satisfies Partial<IJob>;

describe('orderWithRepository', () => {
  it.each([
    [
      jobAnswer({ ...unconfirmed, kind: 'retire' }),
      'Delete NERSC/moon from the Hub?',
      'Delete',
      { kind: 'retire', name: 'iris', from_hub: true, confirmed: 'NERSC/moon' }
    ],
    [
      jobAnswer({ ...unconfirmed, kind: 'update', draft_id: 'd1' }),
      'Change NERSC/moon on the Hub?',
      'Change',
      { kind: 'update', draft_id: 'd1', confirmed: 'NERSC/moon' }
    ],
    [
      jobAnswer({ ...unconfirmed, kind: 'publish', draft_id: 'd1' }),
      'Change NERSC/moon on the Hub?',
      'Change',
      { kind: 'publish', draft_id: 'd1', confirmed: 'NERSC/moon' }
    ]
  ])(
    'names the repository before anything is done to it',
    async (job, title, label, order) => {
      const refused = orderWithRepository(job, 'NERSC/moon', trans);
      const text = await pressInDialog('Cancel');
      expect(text).toContain(title);
      expect(text).toContain('It belongs to others.');
      expect(await refused).toBeNull();

      const agreed = orderWithRepository(job, 'NERSC/moon', trans);
      await pressInDialog(label);
      expect(await agreed).toEqual(order);
    }
  );
});
