import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { jobAnswer } from '../../../api/__tests__/answers';
import type { IJob } from '../../../types/api';
import { kindOf } from '../kindOf';
import { noActions } from './actions';

const trans = nullTranslator.load('test');
const FORBIDDEN: IJob['error'] = {
  code: 'forbidden',
  detail: 'No.',
  errors: []
};

function after(part: Partial<IJob>) {
  const job = jobAnswer({ state: 'failed', ...part });
  const { After } = kindOf(job);
  const actions = noActions();
  if (After) {
    render(<After job={job} actions={actions} trans={trans} />);
  }
  const press = (name: string): void => {
    fireEvent.click(screen.getByRole('button', { name }));
  };
  const offered = (): (string | null)[] =>
    screen.queryAllByRole('button').map(button => button.textContent);
  return { actions, press, offered };
}

describe('what comes after a publication', () => {
  it('is what it made, with links that do not tell where they were followed from', () => {
    const { actions, press } = after({
      state: 'succeeded',
      result: {
        name: 'iris',
        repo_url: 'https://hub.example/datasets/NERSC/iris',
        commit_url: 'javascript:alert(1)',
        folder: '/catalog/iris',
        notebook: '/catalog/iris/iris_loader.ipynb'
      }
    });
    const links = screen.getAllByRole('link');
    expect(links.map(link => link.textContent)).toEqual(['Page on the Hub']);
    expect(links[0]?.getAttribute('rel')).toContain('noopener');
    press('Open loader notebook');
    expect(actions.openNotebook).toHaveBeenCalledWith('iris');
    press('Show dataset');
    expect(actions.showDataset).toHaveBeenCalledWith('iris');
    press('Copy link');
    expect(actions.copyLink).toHaveBeenCalledWith('iris');
  });

  it('is nothing where it made nothing that is known', () => {
    expect(after({ state: 'succeeded' }).offered()).toEqual([]);
  });

  it.each([
    ['Keep what is on the Hub', 'keep'],
    ['Replace it', 'replace']
  ])(
    'asks what becomes of a card that others changed, too: %s',
    (name, said) => {
      const errors = [
        { pointer: '/card', code: 'card_conflict', detail: 'Licence' }
      ];
      const { actions, press } = after({
        kind: 'update',
        draft_id: '0123',
        error: { code: 'conflict', detail: 'It was changed by hand.', errors }
      });
      press(name);
      expect(actions.start).toHaveBeenCalledWith({
        kind: 'update',
        draft_id: '0123',
        on_conflict: said
      });
    }
  );

  it('does not ask again for the repository that was confirmed', () => {
    const errors = [
      { pointer: '/card', code: 'card_conflict', detail: 'Licence' },
      { pointer: '/repo_id', code: 'confirmed', detail: 'NERSC/moon' }
    ];
    const { actions, press } = after({
      kind: 'update',
      draft_id: '0123',
      error: { code: 'conflict', detail: 'It was changed by hand.', errors }
    });
    press('Replace it');
    expect(actions.start).toHaveBeenCalledWith({
      kind: 'update',
      draft_id: '0123',
      on_conflict: 'replace',
      confirmed: 'NERSC/moon'
    });
  });

  it('asks nothing of a card whose draft is not known here', () => {
    const errors = [
      { pointer: '/card', code: 'card_conflict', detail: 'Licence' }
    ];
    const error = { code: 'conflict' as const, detail: 'No.', errors };
    expect(after({ kind: 'update', error }).offered()).toEqual([]);
  });

  it.each(['publish', 'adopt', 'update', 'resume', 'undo'])(
    'is to resume or undo what %s left',
    kind => {
      const { actions, press } = after({ kind, kept: true });
      press('Resume');
      press('Undo');
      expect(actions.settle.mock.calls).toEqual([
        ['resume', 'iris'],
        ['undo', 'iris']
      ]);
    }
  );

  it.each(['publish', 'adopt', 'update'])(
    'is a pull request where the repository to %s is not ours',
    kind => {
      const { actions, press } = after({
        kind,
        draft_id: 'd',
        error: FORBIDDEN
      });
      press('Publish as pull request');
      expect(actions.start).toHaveBeenCalledWith({
        kind,
        draft_id: 'd',
        create_pr: true
      });
      press('Back to the form');
      expect(actions.openDraft).toHaveBeenCalledWith('d');
    }
  );

  it('is no pull request for what did not come from a form', () => {
    expect(after({ error: FORBIDDEN }).offered()).toEqual([]);
    expect(
      after({ kind: 'resume', draft_id: 'd', error: FORBIDDEN }).offered()
    ).toEqual(['Back to the form']);
  });

  const ASKS: IJob['error'] = {
    code: 'conflict',
    detail: 'Which one?',
    errors: [
      { pointer: '/repo_id', code: 'unconfirmed', detail: 'NERSC/other' }
    ]
  };

  it.each([{ kind: 'update', draft_id: 'd' }, { kind: 'retire' }])(
    'is to go on with the repository that $kind asks about',
    part => {
      const { actions, press } = after({ ...part, error: ASKS });
      press('Continue with NERSC/other…');
      expect(actions.confirmRepository).toHaveBeenCalledWith('NERSC/other');
    }
  );

  it('is not that where it cannot be started again from here', () => {
    expect(after({ kind: 'update', error: ASKS }).offered()).toEqual([]);
  });
});
