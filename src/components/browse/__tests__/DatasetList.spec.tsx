import { act, fireEvent, screen } from '@testing-library/react';

import { datasetAnswer } from '../../../api/__tests__/answers';
import { layOut } from '../../__tests__/layout';
import { show } from './browseSetup';

layOut();

const rows = () =>
  screen.getAllByRole('button').filter(it => it.matches('.hnl-Row-open'));

const press = (key: string) =>
  fireEvent.keyDown(document.activeElement as Element, { key });

describe('DatasetList', () => {
  it('has one row in the tab order, which the arrow keys move', () => {
    show();
    expect(rows().map(({ tabIndex }) => tabIndex)).toEqual([0, -1]);
    act(() => rows()[0]?.focus());
    press('ArrowDown');
    expect(document.activeElement).toBe(rows()[1]);
    expect(rows().map(({ tabIndex }) => tabIndex)).toEqual([-1, 0]);
    press('Home');
    expect(document.activeElement).toBe(rows()[0]);
    press('End');
    expect(document.activeElement).toBe(rows()[1]);
    press('ArrowDown');
    expect(document.activeElement).toBe(rows()[1]);
  });

  it('tells which rows are visible', () => {
    const { onRange } = show();
    expect(onRange).toHaveBeenLastCalledWith(0, 1);
  });

  it('has only the visible rows of a long list in the page', () => {
    const many = Array.from({ length: 1000 }, (_, index) =>
      datasetAnswer({ id: `d${index}`, name: `d${index}` })
    );
    show({}, many, { total: 1000 });
    expect(rows().length).toBeGreaterThan(5);
    expect(rows().length).toBeLessThan(50);
    const [first] = screen.getAllByRole('listitem');
    expect(first?.getAttribute('aria-setsize')).toBe('1000');
  });

  it('says in its attributes what each row is', () => {
    show({}, [
      datasetAnswer(),
      datasetAnswer({ id: 'NERSC/tides', source: 'hub' })
    ]);
    const [here, hub] = screen.getAllByRole('listitem');
    expect(here?.dataset).toMatchObject({ hnlName: 'iris' });
    expect(hub?.dataset).toMatchObject({ hnlRepo: 'NERSC/tides' });
    expect(hub?.dataset['hnlName']).toBeUndefined();
  });

  it('keeps its rows when another answer comes', () => {
    const { again } = show();
    const [before] = rows();
    const others = [datasetAnswer({ id: 'wine', pretty_name: 'Wine' })];
    again({ at: index => others[index] ?? null });
    expect(rows()[0]).toBe(before);
    expect(before?.textContent).toContain('Wine');
  });
});
