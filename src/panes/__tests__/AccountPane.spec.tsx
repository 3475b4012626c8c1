import { act, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { sessionAnswer } from '../../api/__tests__/answers';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import { CatalogError } from '../../types/errors';
import { AccountPane } from '../AccountPane';

describe('AccountPane', () => {
  it('follows the session', async () => {
    const { workbench, services } = workbenchOver({
      getSession: async () => sessionAnswer({ account: null, token: null }),
      signIn: async () => sessionAnswer()
    });
    const { container } = render(<AccountPane workbench={workbench} />);
    expect(container.textContent).toBe('');
    await act(() => services.session.check());
    expect(screen.getByText('not signed in')).not.toBeNull();
    const field = screen.getByLabelText<HTMLInputElement>('Access token');
    fireEvent.change(field, { target: { value: 'hf_secret' } });
    await act(async () => fireEvent.submit(field.form!));
    expect(screen.getByText('alice')).not.toBeNull();
  });

  it('says why a sign-in failed', async () => {
    const { workbench, services } = workbenchOver({
      signOut: () => Promise.reject(new CatalogError('upstream', 'Away.'))
    });
    await services.session.check();
    render(<AccountPane workbench={workbench} />);
    await act(async () => fireEvent.click(screen.getByText('Sign out')));
    expect(screen.getByRole('alert').textContent).toBe('Away.');
  });
});
