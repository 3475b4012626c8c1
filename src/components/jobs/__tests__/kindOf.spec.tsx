import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { jobAnswer } from '../../../api/__tests__/answers';
import { JobBanners } from '../JobBanners';
import { JobView } from '../JobView';
import { jobTitle, kindOf } from '../kindOf';
import { KINDS } from '../kinds';
import { noActions } from './actions';

const trans = nullTranslator.load('test');
const common = { connected: true, error: null, onCancel: jest.fn(), trans };

describe('the kinds of jobs', () => {
  it('are those that have a file of their own', () => {
    expect([...KINDS.keys()]).toEqual([
      'adopt',
      'checksum',
      'inspect',
      'publish',
      'resume',
      'retire',
      'share',
      'undo',
      'update',
      'verify_data'
    ]);
  });

  it('each have a title and a sentence for the end', () => {
    const said = [...KINDS.keys()].map(kind => {
      const job = jobAnswer({ kind, state: 'succeeded' });
      return [jobTitle(job, trans), kindOf(job).done(job, trans)];
    });
    expect(said).toEqual([
      ['Adopting iris', 'It is in the catalog and on the Hub.'],
      ['Computing checksums of iris', 'Computed the checksums of 0 files.'],
      ['Inspecting the data of iris', '0 files were counted.'],
      ['Publishing iris', 'It is in the catalog and on the Hub.'],
      ['Finishing iris', 'It is in the catalog and on the Hub.'],
      ['Retiring iris', 'It is no longer in the catalog.'],
      ['Sharing iris', 'It is shared.'],
      ['Undoing iris', 'Nothing was left behind.'],
      ['Updating iris', 'It is in the catalog and on the Hub.'],
      ['Verifying the data of iris', 'Some files do not match their checksums.']
    ]);
  });

  it('wait for a review where that is what was asked for', () => {
    const job = jobAnswer({
      result: { pull_request_url: 'https://hub.example/1' }
    });
    expect(kindOf(job).done(job, trans)).toContain('waiting for review');
  });

  it('tell how checksums came out', () => {
    const done = (kind: string, result: Record<string, unknown>): string => {
      const job = jobAnswer({ kind, state: 'succeeded', result });
      return kindOf(job).done(job, trans);
    };
    expect(done('checksum', { files: 3, fingerprint: 'data-blake3:0' })).toBe(
      'Computed the checksums of 3 files.'
    );
    expect(done('checksum', { files: 3, fingerprint: null })).toContain(
      'could not be read'
    );
    expect(done('verify_data', { unchanged: true })).toBe(
      'The data matches its checksums.'
    );
    const stopped = jobAnswer({ kind: 'checksum', state: 'cancelled' });
    expect(kindOf(stopped).kept?.(stopped, trans)).toContain('continues');
  });

  it('name the formats that were found', () => {
    const formats = [
      { format: 'csv', title: 'CSV', files: 3, rows: 6, rows_estimated: false },
      { format: 'h5', title: 'HDF5', files: 2, rows: 9, rows_estimated: true },
      { format: 'png', title: '<b>PNG</b>', files: 1, rows: null },
      { format: 'odd', title: 3 },
      null
    ];
    const job = jobAnswer({
      kind: 'inspect',
      state: 'succeeded',
      result: { files: 6, complete: true, formats }
    });
    expect(kindOf(job).done(job, trans)).toBe('6 files were counted.');
    const view = render(
      <JobView {...common} job={job} actions={noActions()} />
    );
    expect(
      screen.getAllByRole('listitem').map(item => item.textContent)
    ).toEqual(
      expect.arrayContaining([
        'CSV: 3 files, 6 rows',
        'HDF5: 2 files, about 9 rows',
        '<b>PNG</b>: 1 files'
      ])
    );
    const early = { ...job, result: { files: 2, complete: false } };
    expect(kindOf(early).done(early, trans)).toContain('The time was up: 2');
    view.rerender(<JobView {...common} job={early} actions={noActions()} />);
    expect(screen.queryByText(/6 rows/)).toBeNull();
  });

  it('name the files that differ', () => {
    const changes = [
      { path: 'a', kind: 'gone' },
      { path: 'b', kind: 'new' },
      { path: '<b>c</b>', kind: 'damaged' },
      { path: 'd', kind: 'changed' },
      null,
      'odd',
      { path: 3 }
    ];
    const job = jobAnswer({
      kind: 'verify_data',
      state: 'succeeded',
      result: { unchanged: false, changes }
    });
    const view = render(
      <JobView {...common} job={job} actions={noActions()} />
    );
    expect(
      screen.getAllByRole('listitem').map(item => item.textContent)
    ).toEqual(
      expect.arrayContaining([
        'a: gone',
        'b: new',
        '<b>c</b>: damaged: the content changed, but not its size and time',
        'd: changed'
      ])
    );
    const many = [...Array(103).keys()].map(at => ({
      path: `${at}`,
      kind: 'new'
    }));
    view.rerender(
      <JobView
        {...common}
        job={{ ...job, result: { changes: many } }}
        actions={noActions()}
      />
    );
    expect(screen.getByText('and 3 more')).toBeTruthy();
    view.rerender(
      <JobView
        {...common}
        job={{ ...job, result: { unchanged: true, changes: [] } }}
        actions={noActions()}
      />
    );
    expect(screen.queryByText('and 3 more')).toBeNull();
  });

  // A later version of the server, or another program, may have kinds that have no file here.
  it.each(['toy', 'constructor', ''])('show "%s" all the same', kind => {
    const toy = jobAnswer({ kind, progress: { fraction: 0.5, text: 'Half' } });
    const view = render(
      <JobView {...common} job={toy} actions={noActions()} />
    );
    expect(screen.getByRole('heading').textContent).toBe(`${kind}: iris`);
    expect(screen.getByRole('progressbar').getAttribute('value')).toBe('0.5');
    fireEvent.click(screen.getByText('Cancel'));
    expect(common.onCancel).toHaveBeenCalled();
    const ended = (state: 'succeeded' | 'cancelled'): JSX.Element => (
      <JobView
        {...common}
        job={{ ...toy, state, kept: true, result: { files: 3 } }}
        actions={noActions()}
      />
    );
    view.rerender(ended('succeeded'));
    expect(screen.getByRole('status').textContent).toBe('Done.');
    expect(screen.getByRole('heading').textContent).toBe(`${kind}: iris: done`);
    view.rerender(ended('cancelled'));
    expect(screen.getByText('What was done so far is kept.')).toBeTruthy();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('do not hide each other in the list', () => {
    render(
      <JobBanners
        jobs={[jobAnswer({ kind: 'toy', id: 'j2' }), jobAnswer()]}
        onOpen={jest.fn()}
        onForget={jest.fn()}
        trans={trans}
      />
    );
    const { textContent } = screen.getByRole('status');
    expect(textContent).toContain('toy: iris…');
    expect(textContent).toContain('Publishing iris…');
  });

  it('are found by their name alone once they are registered', () => {
    const toy = {
      title: () => 'Playing',
      done: () => 'Played.',
      After: () => <p>Again?</p>
    };
    const kinds = new Map([...KINDS, ['toy', toy]]);
    expect(kindOf({ kind: 'toy', name: 'iris' }, kinds)).toBe(toy);
    expect(kindOf({ kind: 'undo', name: 'iris' }, kinds)).toBe(
      KINDS.get('undo')
    );
  });

  it('say what remains of a dataset that was retired, and the way back', () => {
    const job = jobAnswer({ kind: 'retire', state: 'succeeded' });
    const actions = noActions();
    const retired = {
      name: 'iris',
      repo_id: 'NERSC/iris',
      content: { title: 'Iris', values: {}, private: false },
      loader: null,
      batch_script: null
    };
    const view = render(
      <JobView {...common} job={job} retired={retired} actions={actions} />
    );
    expect(
      screen.getByText(/repository NERSC\/iris is still on the Hub/)
    ).toBeTruthy();
    fireEvent.click(screen.getByText('Undo'));
    expect(actions.undoRetirement).toHaveBeenCalledWith(job);
    fireEvent.click(screen.getByText('Show what is on the Hub'));
    expect(actions.showDataset).toHaveBeenCalledWith('NERSC/iris');
    view.rerender(
      <JobView
        {...common}
        job={job}
        retired={{ ...retired, repo_id: null }}
        actions={actions}
      />
    );
    expect(screen.getByText(/repository on the Hub was deleted/)).toBeTruthy();
    expect(screen.queryByText('Show what is on the Hub')).toBeNull();
  });
});
