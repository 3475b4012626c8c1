import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { CatalogError } from '../../../types/errors';
import { ServerProblem } from '../ServerProblem';

const trans = nullTranslator.load('test');

function show(error: CatalogError | null, serverVersion: string | null = null) {
  const onRetry = jest.fn();
  render(
    <ServerProblem
      error={error}
      version="0.2.0"
      serverVersion={serverVersion}
      onRetry={onRetry}
      trans={trans}
    />
  );
  return { onRetry, text: screen.getByRole('alert').textContent };
}

describe('ServerProblem', () => {
  it('says how to install a missing extension', () => {
    const { text } = show(new CatalogError('no_extension', 'Not there.'));
    expect(text).toContain('pip install huggingnersc_lab');
  });

  it('names both versions if they differ', () => {
    expect(show(null, '0.1.0').text).toMatch(/0\.2\.0.*0\.1\.0/);
  });

  it('says why the server does not answer, and tries again', () => {
    const error = new CatalogError('no_connection', 'It is down.');
    const { onRetry, text } = show(error);
    expect(text).toContain('The Jupyter server is not responding');
    expect(text).toContain('It is down.');
    fireEvent.click(screen.getByText('Try again'));
    expect(onRetry).toHaveBeenCalledTimes(1);
  });
});
