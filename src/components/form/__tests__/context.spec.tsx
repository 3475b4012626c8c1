import { nullTranslator } from '@jupyterlab/translation';
import { renderHook } from '@testing-library/react';
import React from 'react';

import {
  FormContext,
  type IFormContext,
  useFieldProps,
  useForm
} from '../context';

const form: IFormContext = {
  values: {},
  findings: {
    errors: [
      { pointer: '/tags/0', code: 'pattern', detail: 'A tag.' },
      { pointer: '/name', code: 'required', detail: 'A name.' }
    ],
    warnings: []
  },
  readOnly: false,
  trans: nullTranslator.load('test'),
  vocabulary: async () => [],
  idOf: pointer => `form${pointer}`,
  onAdded: jest.fn(),
  onMember: jest.fn(),
  onSuggestion: jest.fn()
};

const propsIn = (part: Partial<IFormContext>) =>
  renderHook(() => useFieldProps('/tags'), {
    wrapper: ({ children }) => (
      <FormContext.Provider value={{ ...form, ...part }}>
        {children}
      </FormContext.Provider>
    )
  }).result.current;

describe('useFieldProps', () => {
  it('has the errors of the field and of what is in it', () => {
    const { errors, id, onSuggestion } = propsIn({});
    expect(id).toBe('form/tags');
    expect(errors.map(({ detail }) => detail)).toEqual(['A tag.']);
    expect(onSuggestion).toBe(form.onSuggestion);
  });

  it('uses no suggestion in a read-only form', () => {
    expect(propsIn({ readOnly: true }).onSuggestion).toBeUndefined();
  });
});

describe('useForm', () => {
  it('is for fields of a form only', () => {
    // React writes what it has caught to the console.
    jest.spyOn(console, 'error').mockImplementation();
    expect(() => renderHook(() => useForm())).toThrow('inside of a form');
    jest.restoreAllMocks();
  });
});
