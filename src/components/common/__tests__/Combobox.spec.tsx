import '@testing-library/jest-dom';
import { nullTranslator } from '@jupyterlab/translation';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import React, { useState } from 'react';

import type { ITerm } from '../../../types/terms';
import { Combobox, type IComboboxProps } from '../Combobox';
import { Field } from '../Field';
import { useTerms } from '../useTerms';
import { layOut } from '../../__tests__/layout';

layOut();

const trans = nullTranslator.load('test');
const licenses: ITerm[] = [
  { id: 'apache-2.0', label: 'Apache License 2.0' },
  { id: 'cc-by-4.0', label: 'Creative Commons Attribution 4.0' },
  { id: 'mit', label: 'MIT License', aliases: ['Expat'] }
];

/**
 * A field as the form has it, and what was chosen in it last.
 */
function setup(
  given: Partial<IComboboxProps> & {
    terms?: readonly ITerm[];
    vocabulary?: never;
  } = {},
  vocabulary: () => Promise<readonly ITerm[]> = async () =>
    given.terms ?? licenses
) {
  const onChange = jest.fn();
  function Page(): JSX.Element {
    const [chosen, setChosen] = useState(given.chosen ?? []);
    const terms = useTerms('list', chosen.length > 0, vocabulary);
    return (
      <Field id="it" label="Words" errors={[]} warnings={[]} trans={trans}>
        {control => (
          <Combobox
            {...given}
            control={control}
            vocabulary={terms}
            chosen={chosen}
            onChange={ids => {
              onChange(ids);
              setChosen(ids);
            }}
            trans={trans}
          />
        )}
      </Field>
    );
  }
  render(<Page />);
  return {
    onChange,
    user: userEvent.setup(),
    input: screen.getByRole('combobox', { name: 'Words' })
  };
}

/**
 * The option that screen readers see as the active one.
 */
function active(input: HTMLElement): HTMLElement | null {
  return document.getElementById(
    input.getAttribute('aria-activedescendant') ?? ''
  );
}

describe('Combobox', () => {
  it('chooses by keyboard alone', async () => {
    const { user, input, onChange } = setup();
    await user.tab();
    expect(input).toHaveFocus();
    expect(input).toHaveAttribute('aria-expanded', 'false');
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(input).toHaveAttribute('aria-expanded', 'true');
    const option = active(input);
    expect(option).toHaveRole('option');
    await user.keyboard('{Enter}');
    expect(onChange).toHaveBeenCalledTimes(1);
    expect(input).toHaveAttribute('aria-expanded', 'false');
    const chosen = licenses.find(
      ({ id }) => id === onChange.mock.calls[0][0][0]
    );
    expect(option).toHaveTextContent(chosen?.label ?? 'nothing');
    expect(input).toHaveValue(chosen?.label);
  });

  it('finds by label, id and other names, and takes the first with Enter', async () => {
    const { user, input, onChange } = setup();
    await user.type(input, 'expat');
    expect(screen.getAllByRole('option')).toHaveLength(1);
    expect(screen.getByRole('status')).toHaveTextContent('1 choice');
    await user.keyboard('{Enter}');
    expect(onChange).toHaveBeenLastCalledWith(['mit']);
  });

  it('keeps what was chosen when the field is left with something else in it', async () => {
    const { user, input, onChange } = setup({ chosen: ['mit'] });
    expect(await screen.findByDisplayValue('MIT License')).toBe(input);
    await user.clear(input);
    await user.type(input, 'Cre');
    await user.tab();
    expect(onChange).not.toHaveBeenCalled();
    expect(input).toHaveValue('MIT License');
  });

  it('takes an id that was typed in full', async () => {
    const { user, input, onChange } = setup();
    await user.type(input, 'CC-BY-4.0');
    await user.tab();
    expect(onChange).toHaveBeenLastCalledWith(['cc-by-4.0']);
  });

  it('chooses nothing when it was emptied', async () => {
    const { user, input, onChange } = setup({ chosen: ['mit'] });
    await screen.findByDisplayValue('MIT License');
    await user.clear(input);
    await user.tab();
    expect(onChange).toHaveBeenLastCalledWith([]);
  });

  it('closes with Escape and forgets nothing', async () => {
    const { user, input, onChange } = setup({ chosen: ['mit'] });
    await screen.findByDisplayValue('MIT License');
    await user.click(input);
    expect(input).toHaveAttribute('aria-expanded', 'true');
    await user.keyboard('{Escape}{Escape}');
    expect(input).toHaveAttribute('aria-expanded', 'false');
    expect(input).toHaveValue('MIT License');
    expect(onChange).not.toHaveBeenCalled();
  });

  it('opens at what is chosen', async () => {
    const { user, input } = setup({ chosen: ['mit'] });
    await screen.findByDisplayValue('MIT License');
    await user.click(input);
    expect(active(input)).toHaveTextContent('MIT License');
    expect(active(input)).toHaveAttribute('aria-selected', 'true');
  });

  it('has only the lines in sight of a long list in the page, and the active one', async () => {
    const many = Array.from({ length: 8000 }, (_, at) => ({
      id: `l${at}`,
      label: `Language ${at}`
    }));
    const { user, input } = setup({ terms: many });
    await user.click(input);
    await screen.findByText('Language 0');
    expect(screen.getAllByRole('option').length).toBeLessThan(60);
    await user.keyboard('{End}');
    expect(active(input)).toHaveTextContent('Language 7999');
    expect(active(input)).toHaveAttribute('aria-posinset', '8000');
    expect(active(input)).toHaveAttribute('aria-setsize', '8000');
  });

  it('says that nothing fits', async () => {
    const { user, input } = setup();
    await user.type(input, 'zzz');
    expect(screen.queryAllByRole('option')).toEqual([]);
    expect(screen.getByRole('status')).toHaveTextContent('No match for “zzz”.');
  });

  it('says why the list could not be loaded, and loads it again', async () => {
    const vocabulary = jest
      .fn<Promise<readonly ITerm[]>, []>()
      .mockRejectedValueOnce(new Error('The server is away.'))
      .mockResolvedValue(licenses);
    const { user, input } = setup({}, vocabulary);
    await user.click(input);
    expect(await screen.findByText(/The server is away\./)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await user.type(input, 'mit');
    expect(await screen.findByRole('option', { name: /MIT/ })).toBeVisible();
    expect(screen.queryByText(/The server is away/)).toBeNull();
    expect(vocabulary).toHaveBeenCalledTimes(2);
  });

  it('opens nothing and changes nothing when it is read-only', async () => {
    const { user, input, onChange } = setup({
      chosen: ['mit', 'apache-2.0'],
      multiple: true,
      readOnly: true
    });
    await user.click(input);
    await user.keyboard('{ArrowDown}{Backspace}{Enter}');
    expect(input).toHaveAttribute('aria-expanded', 'false');
    expect(screen.queryByRole('button')).toBeNull();
    expect(onChange).not.toHaveBeenCalled();
  });
});

describe('Combobox for several', () => {
  it('collects, and stays open for the next', async () => {
    const { user, input, onChange } = setup({ multiple: true });
    await user.type(input, 'apache{Enter}');
    expect(input).toHaveValue('');
    expect(input).toHaveAttribute('aria-expanded', 'true');
    await user.type(input, 'mit{Enter}');
    expect(onChange).toHaveBeenLastCalledWith(['apache-2.0', 'mit']);
    const chips = screen.getByRole('list', { name: 'Words' });
    expect(
      within(chips)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent)
    ).toEqual(['Apache License 2.0', 'MIT License']);
  });

  it('drops what is chosen a second time', async () => {
    const { user, input, onChange } = setup({
      multiple: true,
      chosen: ['mit', 'apache-2.0']
    });
    await screen.findByText('MIT License');
    await user.type(input, 'mit{Enter}');
    expect(onChange).toHaveBeenLastCalledWith(['apache-2.0']);
  });

  it('keeps the focus where the person removes', async () => {
    const { user, input, onChange } = setup({
      multiple: true,
      chosen: ['apache-2.0', 'cc-by-4.0', 'mit']
    });
    await screen.findByText('MIT License');
    await user.tab();
    await user.keyboard('{ArrowRight}{Delete}');
    expect(onChange).toHaveBeenLastCalledWith(['apache-2.0', 'mit']);
    expect(
      screen.getByRole('button', { name: 'Remove MIT License' })
    ).toHaveFocus();
    await user.keyboard('{Enter}');
    await user.keyboard('{Enter}');
    expect(onChange).toHaveBeenLastCalledWith([]);
    expect(input).toHaveFocus();
  });

  it('takes the last one back with Backspace', async () => {
    const { user, input, onChange } = setup({
      multiple: true,
      chosen: ['apache-2.0', 'mit']
    });
    await user.click(input);
    await user.keyboard('{Backspace}');
    expect(onChange).toHaveBeenLastCalledWith(['apache-2.0']);
  });
});

describe('Combobox for words of one’s own', () => {
  const words = { multiple: true, free: true, separator: ',' };

  it('takes what was typed with Enter, a comma, and on leaving', async () => {
    const { user, input, onChange } = setup(words);
    await user.type(input, 'petals{Enter}sepals,leaves');
    await user.tab();
    expect(onChange).toHaveBeenLastCalledWith(['petals', 'sepals', 'leaves']);
  });

  it('takes what was pasted apart', async () => {
    const { user, input, onChange } = setup(words);
    await user.click(input);
    await user.paste('petals, MIT License , ,petals');
    await user.tab();
    expect(onChange).toHaveBeenLastCalledWith(['petals', 'mit']);
  });

  it('finds a term by its label', async () => {
    const { user, input, onChange } = setup(words);
    await user.type(input, 'mit license{Enter}');
    expect(onChange).toHaveBeenLastCalledWith(['mit']);
  });

  it('takes no blanks', async () => {
    const { user, input, onChange } = setup(words);
    await user.type(input, '   ');
    await user.tab();
    expect(onChange).not.toHaveBeenCalled();
  });
});
