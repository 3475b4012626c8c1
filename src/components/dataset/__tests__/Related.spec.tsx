import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { datasetAnswer } from '../../../api/__tests__/answers';
import { Related } from '../Related';

const trans = nullTranslator.load('test');

describe('Related', () => {
  it('leads to other datasets, in the catalog or on the Hub', () => {
    const onOpen = jest.fn();
    render(
      <Related
        datasets={[
          datasetAnswer({ id: 'sky', name: 'sky', pretty_name: 'Sky' }),
          datasetAnswer({
            id: 'NERSC/tides',
            name: 'tides',
            pretty_name: '',
            source: 'hub'
          })
        ]}
        onOpen={onOpen}
        trans={trans}
      />
    );
    fireEvent.click(screen.getByRole('button', { name: 'Sky' }));
    fireEvent.click(screen.getByRole('button', { name: 'tides' }));
    expect(onOpen.mock.calls).toEqual([['sky'], ['NERSC/tides']]);
    expect(screen.getAllByText('Only on the Hub')).toHaveLength(1);
  });

  it('says if there are none', () => {
    render(<Related datasets={[]} onOpen={jest.fn()} trans={trans} />);
    expect(screen.getByText('There are no similar datasets.')).not.toBeNull();
  });
});
