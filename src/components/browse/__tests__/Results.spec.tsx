import { act, screen } from '@testing-library/react';

import { layOut } from '../../__tests__/layout';
import { DATASETS, EVERYTHING, show } from './browseSetup';

layOut();

describe('Results', () => {
  it('say what to do if there are no datasets', () => {
    show({}, []);
    expect(screen.getByText('No datasets yet')).not.toBeNull();
  });

  it('are loading while the catalog is read for the first time', () => {
    show({}, [], { is_refreshing: true });
    expect(screen.queryByText('No datasets yet')).toBeNull();
    expect(screen.getByText('Loading the catalog…')).not.toBeNull();
  });

  it('are dimmed if the next answer takes its time', () => {
    jest.useFakeTimers();
    const { answer, again } = show({}, DATASETS);
    const dimmed = () => document.querySelector('.hnl-mod-old');
    again({ answer, search: { ...EVERYTHING, q: 'galaxy' } });
    act(() => jest.advanceTimersByTime(300));
    expect(dimmed()).toBeNull();
    act(() => jest.advanceTimersByTime(200));
    expect(dimmed()).not.toBeNull();
    again({});
    expect(dimmed()).toBeNull();
    jest.useRealTimers();
  });

  it('belong to the search that they answer, not to the present one', () => {
    const before = { ...EVERYTHING, q: 'galxy' };
    const { answer, again } = show({ search: before }, DATASETS, {
      is_forgiving: true
    });
    again({ answer, search: { ...EVERYTHING, q: 'galaxy' } });
    expect(screen.getByText(/^No exact match for “galxy”/)).not.toBeNull();
  });
});
