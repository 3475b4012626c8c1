import { render, screen } from '@testing-library/react';
import React, { createRef } from 'react';

import { OptionList } from '../OptionList';
import { layOut } from '../../__tests__/layout';

layOut();

const options = Array.from({ length: 1000 }, (_, index) => ({
  id: `id-${index}`,
  label: `Label ${index}`,
  detail: index === 0 ? 'detail' : undefined
}));

function show(highlighted: number): void {
  const list = createRef<HTMLUListElement>();
  render(
    <OptionList
      options={options}
      highlighted={highlighted}
      list={list}
      listProps={{ role: 'listbox', ref: list }}
      optionProps={(_index, ref) => ({ role: 'option', ref })}
      isChosen={({ id }) => id === 'id-1'}
    />
  );
}

describe('OptionList', () => {
  it('has only some options in the page, and always the highlighted one', () => {
    show(700);
    const shown = screen.getAllByRole('option');
    expect(shown.length).toBeLessThan(100);
    const highlighted = document.querySelectorAll('.hnl-mod-highlighted');
    expect([...highlighted].map(it => it.textContent)).toEqual(['Label 700']);
    expect(highlighted[0]?.getAttribute('aria-posinset')).toBe('701');
    expect(highlighted[0]?.getAttribute('aria-setsize')).toBe('1000');
  });

  it('checks what is selected, and shows technical names', () => {
    show(-1);
    const [first, second] = screen.getAllByRole('option');
    expect(first?.textContent).toBe('Label 0detail');
    expect(first?.querySelector('svg')).toBeNull();
    expect(second?.querySelector('svg')).not.toBeNull();
  });
});
