import { nullTranslator } from '@jupyterlab/translation';
import { render, screen } from '@testing-library/react';
import React from 'react';

import type { DraftModel } from '../../models/drafts/draft';
import { SaveState } from '../SaveState';

const trans = nullTranslator.load('test');

describe('SaveState', () => {
  it.each([
    [{ isSaving: true, isDirty: true }, 'Saving…'],
    [{ isSaving: false, isDirty: true }, ''],
    [{ isSaving: false, isDirty: false }, 'Saved']
  ])('says of %j: %s', (draft, text) => {
    render(<SaveState draft={draft as DraftModel} trans={trans} />);
    expect(screen.getByRole('status').textContent).toBe(text);
  });
});
