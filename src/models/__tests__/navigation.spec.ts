import { NavigationModel, readView } from '../navigation';

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

describe('NavigationModel', () => {
  it('keeps the filter while one looks at an entry', () => {
    const navigation = new NavigationModel();
    navigation.setFilter('sky');
    navigation.show({ kind: 'entry', name: 'iris' });
    navigation.show({ kind: 'browse' });
    expect(navigation.filter).toBe('sky');
  });
});
