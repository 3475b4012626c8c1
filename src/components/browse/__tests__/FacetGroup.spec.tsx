import { nullTranslator } from '@jupyterlab/translation';
import { act, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { CatalogError } from '../../../types/errors';
import { FacetGroup, type IFacetGroupProps } from '../FacetGroup';

const trans = nullTranslator.load('test');

const valueOf = (value: string) => ({ value, label: `The ${value}`, count: 3 });

const manyOf = (length: number) =>
  Array.from({ length }, (_, number) => valueOf(`l${number}`));

/**
 * A group of so many values, all of them shown, with a text typed into its search.
 */
async function type(
  text: string,
  length: number,
  onSearch: IFacetGroupProps['onSearch']
) {
  const onToggle = jest.fn();
  render(
    <FacetGroup
      title="Language"
      values={manyOf(length)}
      chosen={[]}
      open
      onFold={jest.fn()}
      onToggle={onToggle}
      onSearch={onSearch}
      trans={trans}
    />
  );
  fireEvent.click(screen.getByRole('button', { name: /^More/ }));
  fireEvent.change(screen.getByLabelText('Search in Language'), {
    target: { value: text }
  });
  await act(() => jest.advanceTimersByTimeAsync(1000));
  return onToggle;
}

const labels = () =>
  screen.queryAllByRole('checkbox').map(it => it.parentElement!.textContent);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('FacetGroup', () => {
  it('shows the most frequent values, and more of them to search in', async () => {
    await type('l19', 20, jest.fn());
    expect(labels()).toHaveLength(1);
    fireEvent.click(screen.getByRole('button', { name: /^Fewer/ }));
    expect(labels()).toHaveLength(6);
    fireEvent.click(screen.getByRole('button', { name: /^More \(14\)/ }));
    expect(labels()).toHaveLength(20);
  });

  it('finds a rare value that did not come with the answer', async () => {
    const onSearch = jest.fn(async () => [valueOf('l4'), valueOf('xl4')]);
    const onToggle = await type(' L4 ', 50, onSearch);
    expect(onSearch.mock.calls).toEqual([['l4']]);
    // Each value is listed once.
    expect(labels().filter(label => label?.startsWith('The l4'))).toHaveLength(
      11
    );
    fireEvent.click(screen.getByRole('checkbox', { name: /The xl4/ }));
    expect(onToggle).toHaveBeenCalledWith('xl4');
  });

  it('requests nothing if all values are loaded', async () => {
    const onSearch = jest.fn(async () => []);
    await type('q', 49, onSearch);
    expect(onSearch).not.toHaveBeenCalled();
    expect(screen.getByText('No match for “q”.')).not.toBeNull();
  });

  it('says why it cannot search, and keeps what it has', async () => {
    await type('l49', 50, () =>
      Promise.reject(new CatalogError('no_connection', 'Away.'))
    );
    expect(screen.getByRole('alert').textContent).toBe('Away.');
    expect(labels()).toHaveLength(1);
  });
});
