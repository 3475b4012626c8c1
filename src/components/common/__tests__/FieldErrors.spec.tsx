import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import type { IFieldError } from '../../../types/errors';
import { FieldErrors } from '../FieldErrors';

const trans = nullTranslator.load('test');

const findingAt = (
  index: number,
  part?: Partial<IFieldError>
): IFieldError => ({
  pointer: `/tags/${index}`,
  code: 'pattern',
  detail: `Finding ${index}.`,
  ...part
});

describe('FieldErrors', () => {
  it('show errors first, two at once, and all on request', () => {
    const { container } = render(
      <FieldErrors
        id="errors"
        errors={[findingAt(0), findingAt(1)]}
        warnings={[findingAt(2)]}
        trans={trans}
      />
    );
    const texts = () =>
      [...container.querySelectorAll('p')].map(it => it.textContent?.trim());
    expect(texts()).toEqual(['Error: Finding 0.', 'Error: Finding 1.']);
    fireEvent.click(screen.getByText('Show 1 more'));
    expect(texts()[2]).toBe('Warning: Finding 2.');
    expect(screen.queryByText(/^Show/)).toBeNull();
  });

  it('use a suggestion, if the field can', () => {
    const finding = findingAt(0, { suggestion: 'a-b' });
    const onSuggestion = jest.fn();
    const { rerender } = render(
      <FieldErrors
        id="errors"
        errors={[finding]}
        warnings={[]}
        onSuggestion={onSuggestion}
        trans={trans}
      />
    );
    fireEvent.click(screen.getByText('Use “a-b”'));
    expect(onSuggestion).toHaveBeenCalledWith(finding);
    rerender(
      <FieldErrors id="errors" errors={[finding]} warnings={[]} trans={trans} />
    );
    expect(screen.queryByRole('button')).toBeNull();
  });
});
