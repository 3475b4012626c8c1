import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { versionAnswer } from '../../../api/__tests__/answers';
import type { IVersion } from '../../../types/api';
import { Versions } from '../Versions';

const trans = nullTranslator.load('test');

function show(versions: IVersion[], isBusy = false): jest.Mock {
  const ask = jest.fn(async () => undefined);
  render(
    <Versions versions={versions} again={{ ask, isBusy }} trans={trans} />
  );
  return ask;
}

/**
 * A version of which the Hub did not tell in time what it changed.
 */
function untold(): IVersion {
  const version = versionAnswer({ revision: '1'.repeat(40) });
  delete version.files;
  delete version.members;
  return version;
}

describe('Versions', () => {
  it('tells what is not known from what changed nothing, and asks again', () => {
    const ask = show([untold(), versionAnswer()]);
    const [first, second] = screen.getAllByRole('listitem');
    expect(first!.textContent).toContain('What it changed is not known yet.');
    expect(second!.textContent).toContain('It changed nothing.');
    fireEvent.click(screen.getByText('Ask again'));
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('asks once at a time', () => {
    const ask = show([untold()], true);
    fireEvent.click(screen.getByText('Asking…'));
    expect(ask).not.toHaveBeenCalled();
  });

  it('says nothing of it where all is known', () => {
    show([versionAnswer({ files: [{ path: 'a.csv', change: 'added' }] })]);
    expect(screen.getByText('a.csv added')).not.toBeNull();
    expect(screen.queryByText('Ask again')).toBeNull();
  });
});
