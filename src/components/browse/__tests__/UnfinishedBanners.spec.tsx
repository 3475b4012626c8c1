import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { UnfinishedBanners } from '../UnfinishedBanners';
import { button, trans } from './browseSetup';

const show = (names: string[]) => {
  const onResume = jest.fn();
  const onUndo = jest.fn();
  render(
    <UnfinishedBanners
      names={names}
      onResume={onResume}
      onUndo={onUndo}
      trans={trans}
    />
  );
  return { onResume, onUndo };
};

describe('UnfinishedBanners', () => {
  it('resume and undo a publication', () => {
    const { onResume, onUndo } = show(['tides', 'wine']);
    fireEvent.click(button(/^Resume the publication of tides/));
    expect(onResume).toHaveBeenCalledWith('tides');
    fireEvent.click(button(/^Undo the publication of wine/));
    expect(onUndo).toHaveBeenCalledWith('wine');
    expect(screen.queryByText(/^Show/)).toBeNull();
  });

  it('show two at first, and all on request', () => {
    show(['tides', 'wine', 'waves', 'storms']);
    expect(screen.queryByText(/“storms”/)).toBeNull();
    fireEvent.click(screen.getByText('Show 2 more unfinished publications'));
    expect(screen.getByText(/“storms” was not finished/)).not.toBeNull();
    expect(screen.queryByText(/^Show/)).toBeNull();
  });
});
