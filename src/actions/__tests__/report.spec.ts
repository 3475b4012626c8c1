import { Notification } from '@jupyterlab/apputils';

import { CatalogError } from '../../types/errors';
import { attempt, reportError } from '../report';

const notices = () => Notification.manager.notifications.map(it => it.message);

afterEach(() => Notification.dismiss());

describe('attempt', () => {
  it('returns the result', async () => {
    expect(await attempt(async () => 'done')).toBe('done');
    expect(notices()).toEqual([]);
  });

  it('notifies the user of any error', async () => {
    const error = new CatalogError('storage', 'The disk is full.');
    expect(await attempt(() => Promise.reject(error))).toBeNull();
    expect(await attempt(() => Promise.reject(new Error('Odd.')))).toBeNull();
    // The newest comes first.
    expect(notices()).toEqual(['Error: Odd.', 'The disk is full.']);
  });
});

describe('reportError', () => {
  it('does nothing without an error', () => {
    reportError(null);
    expect(notices()).toEqual([]);
  });
});
