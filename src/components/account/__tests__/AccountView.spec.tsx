import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { sessionAnswer } from '../../../api/__tests__/answers';
import type { ISession } from '../../../types/api';
import { CatalogError } from '../../../types/errors';
import { AccountView, type IAccountViewProps } from '../AccountView';

const trans = nullTranslator.load('test');

function show(
  session: Partial<ISession> = {},
  part: Partial<IAccountViewProps> = {}
): IAccountViewProps {
  const props: IAccountViewProps = {
    session: sessionAnswer(session),
    device: null,
    error: null,
    busy: false,
    onToken: jest.fn(async () => true),
    onCode: jest.fn(),
    onCancelCode: jest.fn(),
    onSignOut: jest.fn(),
    onRefresh: jest.fn(),
    trans,
    ...part
  };
  render(<AccountView {...props} />);
  return props;
}

const practice = { ...sessionAnswer().site, practice: true };

describe('AccountView', () => {
  it('says in words what the account may do, and where its token is from', () => {
    show();
    expect(
      screen.getByText('alice may publish in NERSC (write).')
    ).not.toBeNull();
    expect(screen.getByText('HF_TOKEN')).not.toBeNull();
  });

  it('hands a token on and forgets it', () => {
    const { onToken } = show({ account: null, token: null });
    const field = screen.getByLabelText('Access token') as HTMLInputElement;
    expect(field.type).toBe('password');
    fireEvent.change(field, { target: { value: ' hf_secret ' } });
    fireEvent.submit(field.form as HTMLFormElement);
    expect(onToken).toHaveBeenCalledWith('hf_secret');
    expect(field.value).toBe('');
    expect(document.body.innerHTML).not.toContain('hf_secret');
  });

  it('hands on no empty token', () => {
    const { onToken } = show({ account: null, token: null });
    const field = screen.getByLabelText('Access token') as HTMLInputElement;
    fireEvent.change(field, { target: { value: '   ' } });
    fireEvent.submit(field.form as HTMLFormElement);
    expect(onToken).not.toHaveBeenCalled();
  });

  it('offers the sign-in with a code where the Hub has one', () => {
    const { onCode } = show({
      account: null,
      token: null,
      device_sign_in: true
    });
    fireEvent.click(screen.getByText('Sign in on the Hub'));
    expect(onCode).toHaveBeenCalled();
  });

  it('shows the code and nothing else to sign in with while it is waited for', () => {
    const { onCancelCode } = show(
      { account: null, token: null, device_sign_in: true },
      {
        device: {
          id: '1',
          user_code: 'ABCD-1234',
          verification_uri: 'https://hub.example/device',
          expires_in: 900,
          interval: 5
        }
      }
    );
    expect(screen.getByText('ABCD-1234')).not.toBeNull();
    expect(screen.queryByLabelText('Access token')).toBeNull();
    fireEvent.click(screen.getByText('Cancel'));
    expect(onCancelCode).toHaveBeenCalled();
  });

  it('says why a sign-in failed', () => {
    const error = new CatalogError('forbidden', 'The Hub does not know it.');
    show({ account: null, token: null }, { error });
    expect(screen.getByRole('alert').textContent).toBe(
      'The Hub does not know it.'
    );
  });

  it('has no sign-in for the practice Hub', () => {
    show({ site: practice });
    expect(screen.queryByLabelText('Access token')).toBeNull();
    expect(screen.queryByText('Sign out')).toBeNull();
    expect(screen.getByText(/stays here/)).not.toBeNull();
  });
});
