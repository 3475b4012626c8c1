import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { entryAnswer } from '../../../api/__tests__/answers';
import { CatalogError } from '../../../types/errors';
import { Downloads } from '../Downloads';
import { resourceOf } from './resource';

const trans = nullTranslator.load('test');

function show(record: object, croissant = resourceOf<object>(null)) {
  const onCroissant = jest.fn();
  render(
    <Downloads
      entry={entryAnswer({ record: { name: 'iris', ...record } })}
      croissant={croissant}
      onCroissant={onCroissant}
      trans={trans}
    />
  );
  return { onCroissant };
}

describe('Downloads', () => {
  it('links to the data, but only with web addresses', () => {
    show({
      portal_link: 'https://portal.example/iris',
      distributions: [{ channel: 'link', url: 'javascript:alert(1)' }]
    });
    const links = screen.getAllByRole('link') as HTMLAnchorElement[];
    expect(links.map(({ href }) => href)).toEqual([
      'https://portal.example/iris'
    ]);
    expect(screen.getByText('javascript:alert(1)')).not.toBeNull();
  });

  it('lists the ways to have the data, whatever is written there', () => {
    show({
      distributions: [
        { channel: 'torrent', url: 'https://torrents.example/1' },
        { channel: 'torrent', url: 'https://torrents.example/2' },
        { channel: 'mirror', url: 'https://mirror.example/' },
        { channel: 'request', url: 'mailto:a@b.c', state: 'requested' },
        { channel: 'doi', url: 'https://doi.org/10.5072/1' },
        null,
        'x',
        { channel: 'drive' }
      ]
    });
    expect(screen.getAllByText('Data as a torrent')).toHaveLength(2);
    expect(screen.getAllByText('Data: mirror')).toHaveLength(1);
    expect(screen.queryByText('Data on Google Drive')).toBeNull();
    expect(screen.queryByText('mailto:a@b.c')).toBeNull();
    expect(screen.queryByText('https://doi.org/10.5072/1')).toBeNull();
  });

  it('downloads the description once at a time', () => {
    const { onCroissant } = show({});
    fireEvent.click(screen.getByText('Download croissant.json'));
    expect(onCroissant).toHaveBeenCalledTimes(1);
  });

  it('does nothing while the description is loading', () => {
    const croissant = { ...resourceOf<object>(null), isLoading: true };
    const { onCroissant } = show({}, croissant);
    fireEvent.click(screen.getByText('Download croissant.json'));
    expect(onCroissant).not.toHaveBeenCalled();
  });

  it('says why there is no description', () => {
    const error = new CatalogError('invalid_record', 'It has no licence.');
    show({}, resourceOf<object>(null, error));
    expect(screen.getByRole('alert').textContent).toBe('It has no licence.');
  });
});
