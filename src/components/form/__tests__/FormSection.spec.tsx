import '@testing-library/jest-dom';
import { screen } from '@testing-library/react';

import type { IFieldError } from '../../../types/errors';
import { errorsIn } from '../FormSection';
import { fieldsOf } from '../schema';
import { good, schema, setup } from './formSetup';

const fields = fieldsOf(schema);

const errorAt = (pointer: string): IFieldError => ({
  pointer,
  code: 'pattern',
  detail: pointer
});

describe('FormSection', () => {
  it('counts the errors of its fields, also of the collapsed ones', async () => {
    await setup({
      values: { ...good, doi: 'x', homepage: 'x' },
      showErrors: true
    });
    expect(
      screen.getByRole('button', { name: /^The dataset 1 error/ })
    ).toBeVisible();
    expect(
      screen.getByRole('button', { name: /^More details 1 error/ })
    ).toBeVisible();
  });
});

describe('errorsIn', () => {
  it('has the errors of a member and of what is in it', () => {
    const tags = fields.filter(({ member }) => member === 'tags');
    const errors = ['/tags', '/tags/1', '/tag', '', '/name'].map(errorAt);
    expect(errorsIn(tags, errors).map(({ pointer }) => pointer)).toEqual([
      '/tags',
      '/tags/1'
    ]);
  });
});
