import { nullTranslator } from '@jupyterlab/translation';

import type { IAccess } from '../../../types/api';
import { accessRequest, accessSentence } from '../accessSentence';

const trans = nullTranslator.load('test');

describe('accessSentence', () => {
  it.each<[IAccess, string]>([
    [
      { status: 'missing', blocked_at: '/d/pipe', detail: 'a named pipe' },
      'There is no data: /d/pipe is a named pipe.'
    ],
    [
      { status: 'unreadable', blocked_at: '/d/x', detail: 'a device' },
      'You cannot open it: /d/x is a device.'
    ],
    [
      { status: 'unknown', blocked_at: '/d', detail: 'Stale file handle' },
      'The file system does not say whether you can open it: Stale file handle.'
    ]
  ])('says what is there instead of data: %j', (access, sentence) => {
    expect(accessSentence(access, trans)).toBe(sentence);
  });

  it('has no request if there is no group to ask', () => {
    const dataset = { title: 'Iris', path: '/data' };
    expect(accessRequest({ status: 'unreadable' }, dataset, trans)).toBeNull();
    expect(
      accessRequest({ status: 'missing', group: 'm1' }, dataset, trans)
    ).toBeNull();
  });

  it('says whom to ask, and for which folder', () => {
    const access = {
      status: 'unreadable',
      blocked_at: '/data/m1',
      group: 'm1'
    } as const;
    expect(accessSentence(access, trans)).toBe(
      'Ask group m1 for access: you have no permission for /data/m1.'
    );
  });

  it('names a file that cannot be opened in a folder that can', () => {
    expect(
      accessSentence({ status: 'readable', blocked_at: '/data/b' }, trans)
    ).toBe('You can open it, but not /data/b.');
  });

  it('says what is missing', () => {
    expect(
      accessSentence({ status: 'missing', blocked_at: '/data' }, trans)
    ).toContain('/data does not exist');
    expect(accessSentence({ status: 'missing' }, trans)).toContain(
      'Moved or purged'
    );
  });
});
