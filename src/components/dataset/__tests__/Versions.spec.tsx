import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { versionAnswer } from '../../../api/__tests__/answers';
import type { IVersion } from '../../../types/api';
import { Versions } from '../Versions';

const trans = nullTranslator.load('test');

function show(versions: IVersion[], isLoading = false): jest.Mock {
  const load = jest.fn(async () => undefined);
  render(
    <Versions
      versions={versions}
      resource={{ load, isLoading }}
      trans={trans}
    />
  );
  return load;
}

/**
 * A version whose changes the Hub did not send in time.
 */
function incomplete(): IVersion {
  const version = versionAnswer({ revision: '1'.repeat(40) });
  delete version.files;
  delete version.members;
  return version;
}

describe('Versions', () => {
  it('show what each one changed', () => {
    show([
      versionAnswer({
        url: 'https://hub.example/commit/1',
        authors: ['alice', 'bob'],
        files: [
          { path: 'README.md', change: 'changed' },
          { path: 'load.py', change: 'removed' }
        ],
        members: [
          { member: 'license', before: 'mit', after: 'cc0-1.0' },
          { member: 'doi', after: '10.1/x' }
        ]
      })
    ]);
    const version = screen.getByText('Add iris').closest('li');
    expect(version?.textContent).toContain('alice, bob');
    expect(version?.textContent).toContain('README.md changed');
    expect(version?.textContent).toContain('load.py removed');
    expect(version?.querySelector('del')?.textContent).toBe('before: mit');
    expect(
      [...(version?.querySelectorAll('ins') ?? [])].map(it => it.textContent)
    ).toEqual(['after: cc0-1.0', 'after: 10.1/x']);
    expect(version?.querySelector('a')?.href).toBe(
      'https://hub.example/commit/1'
    );
  });

  it('tell changes that are not known from no changes, and load them again', () => {
    const load = show([incomplete(), versionAnswer()]);
    const [first, second] = screen.getAllByRole('listitem');
    expect(first!.textContent).toContain('Changes not known yet.');
    expect(second!.textContent).toContain('No changes.');
    fireEvent.click(screen.getByText('Try again'));
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('load once at a time', () => {
    const load = show([incomplete()], true);
    fireEvent.click(screen.getByText('Loading…'));
    expect(load).not.toHaveBeenCalled();
  });

  it('have no button if everything is known', () => {
    show([versionAnswer({ files: [{ path: 'a.csv', change: 'added' }] })]);
    expect(screen.getByText('a.csv added')).not.toBeNull();
    expect(screen.queryByText('Try again')).toBeNull();
  });

  it('say why there are none', () => {
    show([]);
    expect(screen.getByText(/it has no versions/)).not.toBeNull();
  });
});
