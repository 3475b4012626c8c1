import { nullTranslator } from '@jupyterlab/translation';
import { render, screen } from '@testing-library/react';
import React from 'react';

import { DiffView } from '../DiffView';

const trans = nullTranslator.load('test');

describe('DiffView', () => {
  it('shows what changes of record and card, as text', () => {
    render(
      <DiffView
        diff={{
          members: [
            { member: 'license', before: 'mit', after: '<b>cc0</b>' },
            { member: 'tags', before: null, after: ['csv'] }
          ],
          card: '-# Old\n+# <img src=x>'
        }}
        notes={['Kept from the Hub: Thanks']}
        trans={trans}
      />
    );
    expect(screen.getByText('mit').tagName).toBe('DEL');
    expect(document.querySelector('dl')?.textContent).toBe(
      'licensemit → <b>cc0</b>tagsnothing → ["csv"]'
    );
    expect(screen.getByText(/Kept from the Hub/)).not.toBeNull();
    expect(document.body.textContent).toContain('+# <img src=x>');
    expect(document.querySelector('img')).toBeNull();
  });
});
