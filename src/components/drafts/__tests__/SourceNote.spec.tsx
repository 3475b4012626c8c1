import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { suggestionsAnswer } from '../../../api/__tests__/suggestions';
import { type ISourceNoteProps, SourceNote } from '../SourceNote';

const trans = nullTranslator.load('test');
const [title, license] = suggestionsAnswer().fields;

function show(part: Partial<ISourceNoteProps> = {}) {
  const onChoose = jest.fn();
  render(
    <SourceNote
      source="LICENSE"
      value="cc-by-4.0"
      choices={license!.choices}
      onChoose={onChoose}
      trans={trans}
      {...part}
    />
  );
  return { onChoose };
}

const press = (name: string) =>
  fireEvent.click(screen.getByRole('button', { name }));

describe('SourceNote', () => {
  it('shows the passage when its source is pressed', () => {
    show();
    expect(screen.queryByText('CC BY 4.0')).toBeNull();
    press('From LICENSE');
    expect(screen.getByText('CC BY 4.0')).toBeTruthy();
  });

  it('offers what other files say, and to empty the field', () => {
    const { onChoose } = show();
    expect(screen.getByText(/README.md says: mit/)).toBeTruthy();
    press('Use');
    expect(onChoose).toHaveBeenLastCalledWith(license!.choices[1]);
    press('Clear');
    expect(onChoose).toHaveBeenLastCalledWith(null);
  });

  it('offers all values to an empty field', () => {
    show({ source: null, value: undefined });
    expect(screen.getAllByRole('button', { name: 'Use' })).toHaveLength(2);
    expect(screen.queryByRole('button', { name: 'Clear' })).toBeNull();
  });

  it('names several files, and lists in a few words', () => {
    const authors = Array.from({ length: 50 }, (_, at) => ({ name: `N${at}` }));
    show({
      source: null,
      value: undefined,
      choices: [{ ...title!.choices[0]!, value: authors }]
    });
    const other = screen.getByText(/CITATION.cff, README.md says: N0, N1/);
    expect(other.textContent!.length).toBeLessThan(200);
  });

  it('shows the source before the suggestions are there', () => {
    show({ choices: [] });
    expect(
      screen.getByRole<HTMLButtonElement>('button', { name: 'From LICENSE' })
        .disabled
    ).toBe(true);
  });
});
