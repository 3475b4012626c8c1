import '@testing-library/jest-dom';
import { nullTranslator } from '@jupyterlab/translation';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import React from 'react';

import { ErrorBoundary } from '../ErrorBoundary';

const trans = nullTranslator.load('');

it('says what went wrong, and draws the view again when asked', async () => {
  // React writes what it has caught to the console.
  const told = jest.spyOn(console, 'error').mockImplementation();
  let isBroken = true;
  const View = (): JSX.Element => {
    if (isBroken) {
      throw new Error('no such card');
    }
    return <p>The view</p>;
  };
  render(
    <ErrorBoundary trans={trans}>
      <View />
    </ErrorBoundary>
  );
  expect(screen.getByRole('alert')).toHaveTextContent('no such card');
  isBroken = false;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(screen.getByText('The view')).toBeInTheDocument();
  expect(told).toHaveBeenCalled();
  told.mockRestore();
});
