import { PageAddress } from '../PageAddress';

const SEARCH = 'q=halo&format=hdf5';

function goTo(address: string): void {
  window.history.pushState({}, '', address);
}

const here = (): string =>
  window.location.href.replace(/^https?:\/\/[^/]+/, '');

describe('PageAddress', () => {
  it('reads what the page was opened with', () => {
    goTo(`/lab?datasets=${encodeURIComponent(SEARCH)}&dataset=NERSC/halo`);
    expect(new PageAddress().values).toEqual({
      datasets: SEARCH,
      dataset: 'NERSC/halo'
    });
  });

  it('leaves the rest of the address as it is', () => {
    goTo('/lab/tree/a%20b.ipynb?reset&x=1%202+3#cell');
    const address = new PageAddress();
    address.set('datasets', SEARCH);
    expect(here()).toBe(
      '/lab/tree/a%20b.ipynb?reset&x=1%202+3&datasets=q%3Dhalo%26format%3Dhdf5#cell'
    );
    address.set('datasets', null);
    expect(here()).toBe('/lab/tree/a%20b.ipynb?reset&x=1%202+3#cell');
  });

  it.each([
    '/lab/tree/a%20b.ipynb',
    '/lab/workspaces/mine/tree/runs/a.ipynb',
    '/lab/workspaces/auto-X/tree/RTC%3Aa.ipynb',
    '/doc/workspaces/mine/tree/a.ipynb',
    '/hub/user-redirect/lab/tree/global/cfs/iris',
    '/user/alice/lab/tree/%E2%9C%93/a%2Bb.ipynb',
    '/tree/notebooks/'
  ])('never touches the path that JupyterLab wrote: %s', path => {
    goTo(`${path}?reset#cell`);
    const address = new PageAddress();
    const steps = [
      () => address.set('dataset', 'NERSC/iris'),
      () => address.set('datasets', SEARCH),
      () => goTo(path),
      () => address.putBack(),
      () => address.follow(),
      () => goTo(`${path}?dataset=wine`),
      () => address.follow(),
      () => address.set('dataset', null),
      () => address.set('datasets', null)
    ];
    for (const step of steps) {
      step();
      expect(window.location.pathname).toBe(path);
    }
    expect(here()).toBe(path);
  });

  it('adds no step to the way back', () => {
    goTo('/lab');
    const { length } = window.history;
    const address = new PageAddress();
    address.set('dataset', 'iris');
    address.set('dataset', 'wine');
    expect(window.history).toHaveLength(length);
  });

  it('is added again after JupyterLab has rewritten the address', () => {
    goTo('/lab');
    const address = new PageAddress();
    address.set('dataset', 'iris');
    goTo('/lab/tree/other.ipynb');
    address.putBack();
    expect(here()).toBe('/lab/tree/other.ipynb?dataset=iris');
  });

  it('follows the way back to another search, and says so', () => {
    goTo('/lab?datasets=q%3Dold');
    const address = new PageAddress();
    const opened = jest.fn();
    address.opened.connect((_, values) => opened(values));
    address.follow();
    expect(opened).not.toHaveBeenCalled();
    goTo('/lab?datasets=q%3Dnew');
    address.follow();
    expect(opened).toHaveBeenCalledWith({ datasets: 'q=new' });
    goTo('/lab/tree/a.ipynb');
    address.follow();
    expect(opened).toHaveBeenCalledTimes(1);
    expect(here()).toBe('/lab/tree/a.ipynb?datasets=q%3Dnew');
  });
});
