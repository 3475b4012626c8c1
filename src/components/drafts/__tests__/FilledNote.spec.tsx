import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { FilledNote, type IFilledNoteProps } from '../FilledNote';

function show(part: Partial<IFilledNoteProps> = {}) {
  const onUndo = jest.fn();
  const { container } = render(
    <FilledNote
      count={2}
      files={['README.md', 'LICENSE']}
      skipped={[]}
      onUndo={onUndo}
      trans={nullTranslator.load('test')}
      {...part}
    />
  );
  return { container, onUndo };
}

describe('FilledNote', () => {
  it('says how many fields are from which files, and undoes it', () => {
    const { onUndo } = show();
    expect(
      screen.getByText(
        'Filled in from the folder: 2 fields (README.md, LICENSE).'
      )
    ).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(onUndo).toHaveBeenCalled();
  });

  it('says which files were not read', () => {
    show({
      count: 0,
      files: [],
      skipped: [{ file: 'README.md', reason: 'is larger than 512 KiB' }]
    });
    expect(
      screen.getByText('Not read: README.md is larger than 512 KiB.')
    ).toBeTruthy();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('shows nothing if nothing was found', () => {
    expect(show({ count: 0 }).container.innerHTML).toBe('');
  });
});
