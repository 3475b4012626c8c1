import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { draftAnswer } from '../../api/__tests__/answers';
import { suggestionsAnswer } from '../../api/__tests__/suggestions';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import { fillNotes } from '../fillNotes';

const trans = nullTranslator.load('test');

async function filledDraft() {
  const { workbench } = workbenchOver({
    suggest: async () => suggestionsAnswer(),
    createDraft: async () =>
      draftAnswer({ values: { data_path: '/data/rain', pretty_name: 'Mine' } })
  });
  const draft = (await workbench.drafts.create({}))!;
  await draft.fill.from('/data/rain');
  return draft;
}

describe('fillNotes', () => {
  it('has notes for filled and empty fields, and none for typed ones', async () => {
    const draft = await filledDraft();
    expect(Object.keys(fillNotes(draft, trans))).toEqual(['license', 'loader']);
    draft.change({ values: { ...draft.content.values, license: 'mit' } });
    expect(Object.keys(fillNotes(draft, trans))).toEqual(['loader']);
    draft.dispose();
  });

  it('empties a field, which then offers its suggestions', async () => {
    const draft = await filledDraft();
    const { rerender } = render(<>{fillNotes(draft, trans)['license']}</>);
    fireEvent.click(screen.getByRole('button', { name: 'Clear' }));
    expect(draft.content.values).not.toHaveProperty('license');
    rerender(<>{fillNotes(draft, trans)['license']}</>);
    fireEvent.click(screen.getAllByRole('button', { name: 'Use' })[1]!);
    expect(draft.content.values['license']).toBe('mit');
    expect(draft.content.sources).toMatchObject({ license: 'README.md' });
    draft.dispose();
  });
});
