import { readView } from '../navigation';

describe('readView', () => {
  it.each([
    { kind: 'browse' },
    { kind: 'entry', name: 'iris' },
    { kind: 'hub', repo_id: 'NERSC/tides' },
    { kind: 'draft', id: '0123' }
  ])('takes %j', view => {
    expect(readView(view)).toEqual(view);
  });

  it.each([
    undefined,
    null,
    'browse',
    { kind: 'shelf' },
    { kind: 'entry' },
    { kind: 'hub', name: 'tides' },
    { kind: 'draft', id: 7 }
  ])('takes nothing else, such as %j', view => {
    expect(readView(view)).toBeNull();
  });
});
