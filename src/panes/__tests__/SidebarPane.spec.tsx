import { act, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { refresh } from '../../actions/refresh';
import { showDataset } from '../../actions/views';
import {
  datasetAnswer,
  entryAnswer,
  pageAnswer,
  sessionAnswer
} from '../../api/__tests__/answers';
import { layOut } from '../../components/__tests__/layout';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import type { Workbench } from '../../models/workbench';
import { CatalogError } from '../../types/errors';
import { SidebarPane } from '../SidebarPane';

layOut();

const titles: Record<string, string> = { iris: 'Iris', wine: 'Wine' };

/**
 * A sidebar with two datasets, each like the other.
 */
async function showSidebar() {
  const datasets = Object.entries(titles).map(([name, pretty_name]) =>
    datasetAnswer({ id: name, name, pretty_name })
  );
  const { workbench } = workbenchOver({
    getVocabulary: async () => ({ terms: [] }),
    searchDatasets: async () => pageAnswer(datasets),
    getEntry: async name =>
      entryAnswer({ record: { name, pretty_name: titles[name] } }),
    listRelated: async name => ({
      datasets: datasets.filter(other => other.name !== name)
    })
  });
  render(
    <div className="hnl-Sidebar">
      <SidebarPane workbench={workbench} />
    </div>
  );
  await act(() => refresh(workbench));
  shown.push(workbench);
  return workbench;
}

const shown: Workbench[] = [];
afterEach(() => shown.splice(0).forEach(({ search }) => search.dispose()));

const page = (name: string) => screen.findByRole('group', { name });
const button = (name: string | RegExp) => screen.findByRole('button', { name });
const scrolled = (name: string) =>
  document.querySelector(`article[data-hnl-name="${name}"]`)!;

async function openRelated(from: string, to: string): Promise<void> {
  const related = [...scrolled(from).querySelectorAll('button')].find(
    ({ textContent }) => textContent === to
  )!;
  related.focus();
  fireEvent.click(related);
  await page(to);
}

describe('SidebarPane', () => {
  it('leads back from a related dataset to the one before, and to the list', async () => {
    await showSidebar();
    const row = await button(/^Iris/);
    row.focus();
    fireEvent.click(row);
    expect(document.activeElement).toBe(await page('Iris'));
    await screen.findByRole('heading', { name: 'Related datasets' });
    scrolled('iris').scrollTop = 420;
    await openRelated('iris', 'Wine');
    expect(document.activeElement).toBe(await page('Wine'));
    expect(scrolled('wine').scrollTop).toBe(0);

    fireEvent.click(await button('Back to Iris'));
    await page('Iris');
    expect(scrolled('iris').scrollTop).toBe(420);
    expect(document.activeElement?.textContent).toBe('Wine');

    fireEvent.click(await button('Datasets'));
    expect(document.activeElement).toBe(row);
    expect(screen.queryByRole('button', { name: 'Datasets' })).toBeNull();
  });

  it('shows another dataset from its top once more, however the last one was left', async () => {
    const workbench = await showSidebar();
    await act(async () => showDataset(workbench, 'iris'));
    scrolled('iris').scrollTop = 420;
    await act(async () => workbench.navigation.show({ kind: 'browse' }));
    await act(async () => showDataset(workbench, 'iris'));
    expect(scrolled('iris').scrollTop).toBe(0);
  });

  it('takes the focus from nothing outside', async () => {
    const workbench = await showSidebar();
    const outside = document.body.appendChild(document.createElement('input'));
    outside.focus();
    await act(async () => showDataset(workbench, 'iris'));
    expect(document.activeElement).toBe(outside);
    outside.remove();
  });

  it('has the title of a dataset that the list does not have', async () => {
    const workbench = await showSidebar();
    let answer = (): void => undefined;
    jest.spyOn(workbench.services.client, 'getEntry').mockReturnValue(
      new Promise(resolve => {
        const record = { name: 'far', pretty_name: 'Far' };
        answer = () => resolve(entryAnswer({ record }));
      })
    );
    await act(async () => showDataset(workbench, 'far'));
    expect(screen.getByRole('group', { name: 'far' })).toBeTruthy();
    await act(async () => answer());
    expect(await screen.findByRole('group', { name: 'Far' })).toBeTruthy();
  });

  it('says that it is connecting, and why it cannot', async () => {
    const down = new CatalogError('no_connection', 'It is down.');
    const getSession = jest
      .fn(async () => sessionAnswer())
      .mockRejectedValueOnce(down)
      .mockRejectedValueOnce(down);
    const { workbench } = workbenchOver({
      getSession,
      getVocabulary: async () => ({ terms: [] })
    });
    render(<SidebarPane workbench={workbench} />);
    expect(screen.getByRole('status').textContent).toBe(
      'Connecting to the server…'
    );
    await act(() => refresh(workbench));
    expect(screen.getByRole('alert').textContent).toContain('It is down.');
    await act(async () => fireEvent.click(screen.getByText('Try again')));
    expect(await screen.findByText('NERSC')).not.toBeNull();
    workbench.search.dispose();
  });

  it('says that a draft no longer exists', async () => {
    const workbench = await showSidebar();
    act(() => workbench.navigation.show({ kind: 'draft', id: 'gone' }));
    expect(screen.getByText('This draft no longer exists.')).not.toBeNull();
  });
});
