import { nullTranslator } from '@jupyterlab/translation';
import { render, screen } from '@testing-library/react';
import React from 'react';

import { datasetAnswer, pageAnswer } from '../../../api/__tests__/answers';
import { catalogIcon } from '../../../icons';
import type { IDatasetPage, IDatasetSummary } from '../../../types/api';
import type { ISearch } from '../../../types/search';
import { BrowseView, type IBrowseViewProps } from '../BrowseView';

export const trans = nullTranslator.load('test');

export const DATASETS = [
  datasetAnswer(),
  datasetAnswer({
    id: 'sky',
    name: 'sky',
    pretty_name: 'Sky survey',
    tags: ['fits']
  })
];

export const EVERYTHING: ISearch = { q: '', facets: {}, sort: 'relevance' };

/**
 * Show a view whose answer is the one to its search, unless a test says otherwise.
 */
export function show(
  part: Partial<IBrowseViewProps> = {},
  datasets: readonly IDatasetSummary[] = DATASETS,
  page: Partial<IDatasetPage> = {}
) {
  const search = part.search ?? EVERYTHING;
  const props: IBrowseViewProps = {
    search,
    answer: { ...pageAnswer([...datasets], page), search, at: Date.now() },
    error: null,
    at: index => datasets[index] ?? null,
    accessOf: () => undefined,
    columns: ['name', 'size', 'formats'],
    formats: new Set(['csv', 'fits']),
    labelOf: (_facet, value) => value.toUpperCase(),
    icon: catalogIcon,
    onRange: jest.fn(),
    onSearch: jest.fn(),
    onToggle: jest.fn(),
    onSearchFacet: jest.fn(),
    onFilters: jest.fn(),
    onCopyLink: jest.fn(),
    onCreate: jest.fn(),
    onOpen: jest.fn(),
    onMenu: jest.fn(),
    onRetry: jest.fn(),
    trans,
    ...part
  };
  const view = render(<BrowseView {...props} />);
  const again = (more: Partial<IBrowseViewProps>): void =>
    view.rerender(<BrowseView {...props} {...more} />);
  return { ...props, again };
}

export const button = (name: RegExp): HTMLElement =>
  screen.getByRole('button', { name });
