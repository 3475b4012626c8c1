import { NavigationModel, readView, type View } from '../navigation';

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

const list: View = { kind: 'browse' };
const iris: View = { kind: 'entry', name: 'iris' };
const wine: View = { kind: 'entry', name: 'wine' };
const tides: View = { kind: 'hub', repo_id: 'NERSC/tides' };
const draft: View = { kind: 'draft', id: '0123' };
const job: View = { kind: 'job', id: 'j1' };

/**
 * A model that went along these views.
 */
function along(...views: View[]): NavigationModel {
  const navigation = new NavigationModel();
  views.forEach(view => navigation.show(view));
  return navigation;
}

/**
 * Every view on the way back, from the present one on.
 */
function wayBack(navigation: NavigationModel): View[] {
  const views = [navigation.view];
  while (navigation.before) {
    navigation.back();
    views.push(navigation.view);
  }
  return views;
}

describe('NavigationModel', () => {
  it('leads back step by step, also through the same dataset twice', () => {
    expect(wayBack(along(iris, tides, iris, wine))).toEqual([
      wine,
      iris,
      tides,
      iris,
      list
    ]);
  });

  it('gives back the very view that was left, so that its place is known', () => {
    const navigation = along(iris, wine);
    const left = navigation.trail[1];
    navigation.back();
    expect(navigation.view).toBe(left);
  });

  it('begins every way at the list', () => {
    expect(along(iris, wine, list).trail).toEqual([]);
    expect(wayBack(along(iris, wine, list, tides))).toEqual([tides, list]);
  });

  it('adds no step for the view that is shown', () => {
    expect(wayBack(along(iris, { ...iris }))).toEqual([iris, list]);
  });

  it('leaves out jobs, and the form that one was ordered from', () => {
    expect(wayBack(along(iris, draft, job))).toEqual([job, iris, list]);
    expect(wayBack(along(iris, draft, job, draft))).toEqual([
      draft,
      iris,
      list
    ]);
  });

  it('comes back to a form from elsewhere, unless it is gone', () => {
    const navigation = along(draft, { kind: 'account' });
    expect(navigation.before).toEqual(draft);
    navigation.forget({ ...draft });
    expect(navigation.before).toEqual(list);
  });

  it('stays in the list', () => {
    const navigation = new NavigationModel();
    navigation.back();
    expect(navigation.view).toEqual(list);
    expect(navigation.before).toBeNull();
  });
});
