import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { citationAnswer } from '../../../api/__tests__/answers';
import type { ICitation } from '../../../types/api';
import { Citations } from '../Citations';

const trans = nullTranslator.load('test');

function show(citations: ICitation[]) {
  const onCopy = jest.fn();
  const onSave = jest.fn();
  render(
    <Citations
      citations={citations}
      onCopy={onCopy}
      onSave={onSave}
      trans={trans}
    />
  );
  return { onCopy, onSave };
}

describe('Citations', () => {
  it('copies and saves the citation in the format that the user chooses', () => {
    const cff = citationAnswer({ format: 'cff', label: 'CFF', text: 'cff: 1' });
    const { onCopy, onSave } = show([citationAnswer(), cff]);
    expect(screen.getByText('@misc{iris}')).not.toBeNull();
    fireEvent.change(screen.getByRole('combobox', { name: 'Format' }), {
      target: { value: 'cff' }
    });
    fireEvent.click(screen.getByRole('button', { name: 'Copy the citation' }));
    expect(onCopy).toHaveBeenCalledWith('cff: 1');
    fireEvent.click(screen.getByText('Save as file'));
    expect(onSave).toHaveBeenCalledWith(cff);
  });

  it('says if there is nothing to cite', () => {
    show([]);
    expect(screen.getByText(/does not know enough/)).not.toBeNull();
  });
});
