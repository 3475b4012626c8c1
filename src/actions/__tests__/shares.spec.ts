import { Notification } from '@jupyterlab/apputils';

import {
  actionAnswer,
  jobAnswer,
  shareAnswer
} from '../../api/__tests__/answers';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import { CatalogError } from '../../types/errors';
import { startShare } from '../shares';
import { pressInDialog } from './dialog';

afterEach(() => Notification.dismiss());

const order = (confirmed: number) => ({
  kind: 'share',
  arguments: {
    name: 'iris',
    channel: 'torrent',
    action: 'create',
    options: { size: 1 },
    confirmed
  }
});

describe('startShare', () => {
  it('begins at once what nobody has to agree to', async () => {
    const startJob = jest.fn(async () =>
      jobAnswer({ kind: 'share', state: 'succeeded' })
    );
    const { workbench } = workbenchOver({ startJob });
    const share = shareAnswer();
    const done = startShare(workbench, 'iris', share, actionAnswer(), {
      size: 1
    });
    expect(await done).toBe('begun');
    expect(startJob).toHaveBeenCalledWith(order(0));
  });

  it('asks once for what is sent to others', async () => {
    const startJob = jest.fn(async () =>
      jobAnswer({ kind: 'share', state: 'succeeded' })
    );
    const { workbench } = workbenchOver({ startJob });
    const action = actionAnswer({ question: "Publish '{name}'?" });
    const begin = () =>
      startShare(workbench, 'iris', shareAnswer(), action, { size: 1 });
    const agreed = begin();
    expect(await pressInDialog('Create a torrent')).toContain(
      "Publish 'iris'?"
    );
    expect(await agreed).toBe('begun');
    expect(startJob).toHaveBeenCalledWith(order(1));
    const refused = begin();
    await pressInDialog('Cancel');
    expect(await refused).toBe('stopped');
    expect(startJob).toHaveBeenCalledTimes(1);
  });

  it('asks twice for what cannot be undone', async () => {
    const startJob = jest.fn(async () =>
      jobAnswer({ kind: 'share', state: 'succeeded' })
    );
    const { workbench } = workbenchOver({ startJob });
    const action = actionAnswer({ question: 'Publish?', final: true });
    const begin = () =>
      startShare(workbench, 'iris', shareAnswer(), action, { size: 1 });
    const half = begin();
    await pressInDialog('Create a torrent');
    await pressInDialog('Cancel');
    expect(await half).toBe('stopped');
    expect(startJob).not.toHaveBeenCalled();
    const whole = begin();
    await pressInDialog('Create a torrent');
    expect(await pressInDialog('Create a torrent')).toContain(
      'This cannot be undone'
    );
    expect(await whole).toBe('begun');
    expect(startJob).toHaveBeenCalledWith(order(2));
  });

  it('says why it was not begun', async () => {
    const { workbench } = workbenchOver({
      startJob: () => Promise.reject(new CatalogError('conflict', 'Not now.'))
    });
    const done = startShare(
      workbench,
      'iris',
      shareAnswer(),
      actionAnswer(),
      {}
    );
    expect(await done).toBe('stopped');
    const notices = Notification.manager.notifications.map(it => it.message);
    expect(notices).toEqual(['Not now.']);
  });

  it('hands back errors of options, and only these', async () => {
    const wrong = { pointer: '/options/size', code: 'pattern', detail: 'No.' };
    const lacking = { pointer: '/license', code: 'required', detail: 'Whose?' };
    const startWith = (errors: (typeof wrong)[]) => {
      const error = new CatalogError('invalid_record', 'Wrong.', errors);
      const { workbench } = workbenchOver({
        startJob: () => Promise.reject(error)
      });
      return startShare(workbench, 'iris', shareAnswer(), actionAnswer(), {});
    };
    expect(await startWith([wrong])).toEqual([wrong]);
    expect(Notification.manager.notifications).toEqual([]);
    expect(await startWith([wrong, lacking])).toBe('stopped');
    expect(Notification.manager.notifications).toHaveLength(1);
  });
});
