import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { draftAnswer } from '../../api/__tests__/answers';
import type { DraftModel } from '../../models/drafts/draft';
import { CatalogError } from '../../types/errors';
import { DraftBanners } from '../DraftBanners';

const trans = nullTranslator.load('test');

function show(part: Partial<DraftModel>) {
  const draft = {
    findings: { errors: [], warnings: [] },
    content: draftAnswer().content,
    fill: { suggestions: null, undo: jest.fn() },
    conflict: null,
    saveError: null,
    previewError: null,
    keepMine: jest.fn(async () => undefined),
    takeTheirs: jest.fn(async () => undefined),
    save: jest.fn(async () => true),
    makePreview: jest.fn(async () => true),
    ...part
  };
  const onShowDataset = jest.fn();
  const onOverwrite = jest.fn();
  render(
    <DraftBanners
      draft={draft as unknown as DraftModel}
      onShowDataset={onShowDataset}
      onOverwrite={onOverwrite}
      trans={trans}
    />
  );
  return { draft, onShowDataset, onOverwrite };
}

const press = (label: string) => fireEvent.click(screen.getByText(label));

describe('DraftBanners', () => {
  it('resolve a conflict between two tabs either way', () => {
    const { draft } = show({ conflict: draftAnswer() });
    press('Keep this version');
    expect(draft.keepMine).toHaveBeenCalledTimes(1);
    press('Use the other version');
    expect(draft.takeTheirs).toHaveBeenCalledTimes(1);
  });

  it('say what was filled in, and undo it', () => {
    const sources = { license: 'LICENSE', tags: 'README.md' };
    const { draft } = show({ content: draftAnswer({ sources }).content });
    expect(screen.getByText(/2 fields \(LICENSE, README.md\)/)).toBeTruthy();
    press('Undo');
    expect(draft.fill.undo).toHaveBeenCalledTimes(1);
  });

  it('say that the dataset has changed since', () => {
    const { onOverwrite, onShowDataset } = show({
      findings: {
        errors: [],
        warnings: [{ pointer: '', code: 'conflict', detail: 'It changed.' }]
      }
    });
    expect(screen.getByText('It changed.')).not.toBeNull();
    press('Show dataset');
    expect(onShowDataset).toHaveBeenCalledTimes(1);
    press('Replace it with this draft');
    expect(onOverwrite).toHaveBeenCalledTimes(1);
  });

  it('save and preview again, and say an error once', () => {
    const error = new CatalogError('storage', 'The disk is full.');
    const { draft } = show({ saveError: error, previewError: error });
    expect(screen.getByRole('alert').textContent).toContain(
      'Not saved yet. The disk is full.'
    );
    press('Try again');
    expect(draft.save).toHaveBeenCalledTimes(1);
  });

  it('say why there is no preview', () => {
    const previewError = new CatalogError('upstream', 'Away.');
    const { draft } = show({ previewError });
    press('Try again');
    expect(draft.makePreview).toHaveBeenCalledTimes(1);
  });
});
