import { nullTranslator } from '@jupyterlab/translation';
import { render } from '@testing-library/react';
import React from 'react';

import { sessionAnswer } from '../../../api/__tests__/answers';
import type { ISession } from '../../../types/api';
import { SessionBanner } from '../SessionBanner';

const trans = nullTranslator.load('test');

describe('SessionBanner', () => {
  const banner = (session: Partial<ISession>): string => {
    const { container } = render(
      <SessionBanner
        session={sessionAnswer(session)}
        onAccount={jest.fn()}
        trans={trans}
      />
    );
    return container.textContent ?? '';
  };

  it.each([
    ['publish', 'NERSC · alice · may publish'],
    ['propose', 'NERSC · alice · may propose'],
    ['read', 'NERSC · alice · may read']
  ] as const)('tells of an account that may %s', (may, sentence) => {
    const { account } = sessionAnswer();
    expect(banner({ account: account && { ...account, may } })).toContain(
      sentence
    );
  });

  it('leads to the sign-in without an account', () => {
    expect(banner({ account: null, token: null })).toBe(
      'NERSC · not signed inSign in'
    );
  });

  it('leads to the account where the Hub refuses the token', () => {
    expect(banner({ account: null })).toBe('NERSC · not signed inAccount');
  });

  it('says that the Hub is down, and what still works', () => {
    const hub = { url: 'https://hub.example', reachable: false };
    expect(banner({ hub })).toContain('you cannot publish now');
  });

  it('says that nothing leaves the machine with the practice Hub', () => {
    const site = { ...sessionAnswer().site, practice: true };
    expect(banner({ site })).toBe(
      'Practice Hub: nothing leaves this machineAccount'
    );
  });

  it('does not know the account while the Hub has not answered', () => {
    const hub = { url: 'https://hub.example', reachable: null };
    expect(banner({ account: null, hub })).toContain('account not known yet');
  });
});
