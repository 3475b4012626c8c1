import { nullTranslator } from '@jupyterlab/translation';
import { render, screen } from '@testing-library/react';
import React from 'react';

import { jobAnswer, shareAnswer } from '../../../api/__tests__/answers';
import { Shares } from '../Shares';
import { cardProps } from './props';

const trans = nullTranslator.load('test');

describe('Shares', () => {
  it('has a card for each channel, with the job that works on it', () => {
    const props = cardProps();
    render(
      <Shares
        {...props}
        shares={[
          shareAnswer(),
          shareAnswer({ channel: 'doi', title: 'DOI', state: 'shared' })
        ]}
        jobOf={channel => (channel === 'doi' ? jobAnswer() : undefined)}
      />
    );
    const heads = screen.getAllByRole('heading').map(it => it.textContent);
    expect(heads).toEqual(['Academic Torrents', 'DOI']);
    const items = screen.getAllByRole('listitem').map(it => it.textContent);
    expect(items[0]).toContain('not shared');
    expect(items[1]).toContain('running');
  });

  it('says so where the site offers none', () => {
    const props = cardProps();
    render(
      <Shares {...props} shares={[]} jobOf={() => undefined} trans={trans} />
    );
    expect(
      screen.getByText('This site offers no other ways to share.')
    ).not.toBeNull();
  });
});
