import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import type { IServiceKey } from '../../../types/api';
import { CatalogError } from '../../../types/errors';
import { ServiceKeys } from '../ServiceKeys';

const trans = nullTranslator.load('test');
const key = (part: Partial<IServiceKey> = {}): IServiceKey => ({
  name: 'figshare',
  title: 'figshare',
  help_url: 'https://figshare.com/keys',
  has_user: false,
  ...part
});

function show(keys: IServiceKey[], error: CatalogError | null = null) {
  const onSave = jest.fn(async () => true);
  const onRemove = jest.fn();
  const view = render(
    <ServiceKeys {...{ keys, error, onSave, onRemove, trans }} />
  );
  return { onSave, onRemove, view };
}

describe('ServiceKeys', () => {
  it('is not there without keys', () => {
    expect(show([]).view.container.innerHTML).toBe('');
  });

  it('sends a key and forgets it at once', () => {
    const { onSave } = show([key()]);
    const input = screen.getByLabelText<HTMLInputElement>('figshare');
    expect(input.type).toBe('password');
    fireEvent.change(input, { target: { value: ' s3cret ' } });
    fireEvent.submit(input);
    expect(onSave).toHaveBeenCalledWith('figshare', 's3cret');
    expect(input.value).toBe('');
  });

  it('removes one that was saved, and no other', () => {
    const { onRemove } = show([
      key({ source: 'file' }),
      key({ name: 'osti', title: 'OSTI', source: 'environment' })
    ]);
    fireEvent.click(screen.getByText('Remove'));
    expect(onRemove).toHaveBeenCalledWith('figshare');
    expect(
      screen.getByText(/A key is set in the environment of the server/)
    ).not.toBeNull();
  });

  it('says why one was not saved', () => {
    show([key({ has_user: true })], new CatalogError('invalid_record', 'No.'));
    expect(screen.getByText('No.')).not.toBeNull();
    expect(screen.getByText(/Enter it as USER:KEY/)).not.toBeNull();
  });
});
