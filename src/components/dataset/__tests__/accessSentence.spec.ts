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
      'The file system does not tell whether you can open it: Stale file handle.'
    ]
  ])('says what is there instead of data: %j', (access, sentence) => {
    expect(accessSentence(access, trans)).toBe(sentence);
  });

  it('has nobody to ask where no group is known', () => {
    const dataset = { title: 'Iris', path: '/data' };
    expect(accessRequest({ status: 'unreadable' }, dataset, trans)).toBeNull();
    expect(
      accessRequest({ status: 'missing', group: 'm1' }, dataset, trans)
    ).toBeNull();
  });

  it('says which folder keeps one out, and whom to ask', () => {
    const access = {
      status: 'unreadable',
      blocked_at: '/data/m1',
      group: 'm1'
    } as const;
    expect(accessSentence(access, trans)).toBe(
      'Ask group m1 to read it: /data/m1 keeps you out.'
    );
  });

  it('names what is closed in a folder that is open', () => {
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
