import { nullTranslator } from '@jupyterlab/translation';
import { render, screen } from '@testing-library/react';
import React from 'react';

import { Field, type IFieldProps } from '../Field';

const trans = nullTranslator.load('test');

const show = (part: Partial<IFieldProps> = {}) =>
  render(
    <Field
      id="name"
      label="Nickname"
      errors={[]}
      warnings={[]}
      onSuggestion={undefined}
      trans={trans}
      {...part}
    >
      {control => <input {...control} />}
    </Field>
  );

describe('Field', () => {
  it('ties label, help and errors to the control', () => {
    const detail = 'Nickname is missing.';
    show({
      help: 'A short name.',
      example: 'iris',
      required: true,
      errors: [{ pointer: '/name', code: 'required', detail }]
    });
    const control = screen.getByLabelText(/^Nickname/);
    const described = (control.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map(id => document.getElementById(id)?.textContent)
      .join(' ');
    expect(described).toContain('A short name. Example: iris');
    expect(described).toContain(detail);
    expect(control.getAttribute('aria-invalid')).toBe('true');
    expect(control.getAttribute('aria-required')).toBe('true');
  });

  it('is not invalid because of a warning', () => {
    const { container } = show({
      warnings: [{ pointer: '/name', code: 'recommended', detail: 'Say.' }]
    });
    const control = screen.getByLabelText('Nickname');
    expect(control.getAttribute('aria-invalid')).toBeNull();
    expect(container.firstElementChild?.className).toBe(
      'hnl-Field hnl-mod-warning'
    );
  });

  it('is a named group if it has several controls', () => {
    show({ group: true, required: true, note: 'A note.' });
    const group = screen.getByRole('group', { name: /^Nickname/ });
    expect(group.textContent).toContain('required');
    expect(group.textContent).toContain('A note.');
  });
});
