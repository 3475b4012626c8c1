import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import {
  draftSummaryAnswer,
  locationAnswer
} from '../../../api/__tests__/answers';
import { CatalogError } from '../../../types/errors';
import { type IPathNoteProps, PathNote } from '../PathNote';

const trans = nullTranslator.load('test');

function show(part: Partial<IPathNoteProps> = {}) {
  const onDataset = jest.fn();
  const onDraft = jest.fn();
  const { container } = render(
    <PathNote
      location={locationAnswer()}
      error={null}
      same={{ datasets: [], drafts: [] }}
      onDataset={onDataset}
      onDraft={onDraft}
      trans={trans}
      {...part}
    />
  );
  const problem = container.querySelector('.hnl-Field-problem');
  return { container, problem, onDataset, onDraft };
}

describe('PathNote', () => {
  it('says whether the data can be read', () => {
    const { container, problem } = show();
    expect(container.textContent).toBe('You can open it.');
    expect(problem).toBeNull();
  });

  it('says nothing before something is known', () => {
    expect(show({ location: null }).container.textContent).toBe('');
  });

  it('marks a path that does not exist, and one that is refused', () => {
    const access = { status: 'missing', blocked_at: '/data/wine' } as const;
    expect(
      show({ location: locationAnswer({ access }) }).problem?.textContent
    ).toBe('There is no such folder: /data/wine does not exist.');
    const error = new CatalogError('forbidden', 'It leads out.');
    expect(show({ location: null, error }).problem?.textContent).toBe(
      'It leads out.'
    );
  });

  it('says what is in the way of a path below a file', () => {
    const access = {
      status: 'missing',
      blocked_at: '/data',
      detail: 'a file'
    } as const;
    expect(
      show({ location: locationAnswer({ access }) }).problem?.textContent
    ).toBe('There is no data: /data is a file.');
  });

  it('offers the entries and drafts of the data', () => {
    const { container, onDataset, onDraft } = show({
      same: {
        datasets: [{ name: 'wine', title: '' }],
        drafts: [draftSummaryAnswer({ title: 'Begun' })]
      }
    });
    expect(container.textContent).toContain('Already in the catalog: wine.');
    fireEvent.click(screen.getByText('Open the entry'));
    expect(onDataset).toHaveBeenCalledWith('wine');
    fireEvent.click(screen.getByText('Open the draft'));
    expect(onDraft).toHaveBeenCalledWith('d1');
  });
});
