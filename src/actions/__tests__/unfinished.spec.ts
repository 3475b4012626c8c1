import { nullTranslator } from '@jupyterlab/translation';

import { jobAnswer, unfinishedAnswer } from '../../api/__tests__/answers';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import type { IUnfinished } from '../../types/api';
import {
  orderForUnfinished,
  orderWithRepository,
  unconfirmedRepository
} from '../unfinished';
import { pressInDialog } from './dialog';

const trans = nullTranslator.load('test');

const orderFor = (kind: 'resume' | 'undo', part: Partial<IUnfinished>) =>
  orderForUnfinished(
    workbenchOver({ getUnfinished: async () => unfinishedAnswer(part) })
      .workbench,
    kind,
    'iris'
  );

describe('orderForUnfinished', () => {
  it.each([
    ['resume', {}],
    ['undo', {}],
    ['resume', { deletes: 'NERSC/iris' }],
    ['resume', { is_own: false, problem: 'It cannot be read.' }]
  ] as const)('needs no question to %s %j', async (kind, part) => {
    expect(await orderFor(kind, part)).toEqual({ kind, name: 'iris' });
  });

  it('asks before it takes over the work of others', async () => {
    const order = orderFor('resume', { is_own: false, account: 'bob' });
    expect(await pressInDialog('Finish')).toContain('bob');
    expect(await order).toEqual({
      kind: 'resume',
      name: 'iris',
      take_over: true
    });
  });

  it('asks before a repository is deleted', async () => {
    const order = orderFor('undo', { deletes: 'NERSC/iris' });
    expect(await pressInDialog('Undo and delete')).toContain(
      'Remove the folder'
    );
    expect(await order).toEqual({
      kind: 'undo',
      name: 'iris',
      take_over: false
    });
  });

  it('is null after a no', async () => {
    const order = orderFor('undo', { deletes: 'NERSC/iris' });
    await pressInDialog('Cancel');
    expect(await order).toBeNull();
  });
});

const unconfirmed = jobAnswer({
  kind: 'retire',
  state: 'failed',
  error: {
    code: 'conflict',
    detail: 'It belongs to others.',
    errors: [{ pointer: '', code: 'unconfirmed', detail: 'NERSC/iris' }]
  }
});

describe('unconfirmedRepository', () => {
  it('is the one that the job asks about', () => {
    expect(unconfirmedRepository(unconfirmed)).toBe('NERSC/iris');
    expect(unconfirmedRepository(jobAnswer())).toBeNull();
  });
});

describe('orderWithRepository', () => {
  it('confirms the repository', async () => {
    const order = orderWithRepository(unconfirmed, 'NERSC/iris', trans);
    expect(await pressInDialog('Delete')).toContain('It belongs to others.');
    expect(await order).toEqual({
      kind: 'retire',
      name: 'iris',
      from_hub: true,
      confirmed: 'NERSC/iris'
    });
  });

  it('goes on with the draft of a publication', async () => {
    const job = { ...unconfirmed, kind: 'publish' as const, draft_id: 'd1' };
    const order = orderWithRepository(job, 'NERSC/iris', trans);
    await pressInDialog('Change');
    expect(await order).toEqual({
      kind: 'publish',
      draft_id: 'd1',
      confirmed: 'NERSC/iris'
    });
  });
});
