import { nullTranslator } from '@jupyterlab/translation';
import { render, screen } from '@testing-library/react';
import React from 'react';
import { ModuleKind, transpileModule } from 'typescript';

import { jobAnswer } from '../../../api/__tests__/answers';
import { JobBanners } from '../JobBanners';
import type { IJobKind } from '../kind';
import { JobView } from '../JobView';
import { noActions } from './actions';

/**
 * The kind that CONTRIBUTING.md adds, as the only change to the list of kinds.
 */
jest.mock('../kinds', () => {
  const { KINDS } = jest.requireActual<{ KINDS: Map<string, IJobKind> }>(
    '../kinds'
  );
  return { KINDS: new Map([...KINDS, ['count', kindOfGuide()]]) };
});

function kindOfGuide(): IJobKind {
  const { readFileSync } = jest.requireActual<{
    readFileSync: (path: string, encoding: string) => string;
  }>('fs');
  const guide = readFileSync('CONTRIBUTING.md', 'utf8');
  const source = /```tsx\n(.*?)```/s.exec(guide)?.[1] ?? '';
  const { outputText } = transpileModule(source, {
    compilerOptions: { module: ModuleKind.CommonJS }
  });
  const exported = {} as { kind: IJobKind };
  new Function('exports', outputText)(exported);
  return exported.kind;
}

const trans = nullTranslator.load('test');
const job = jobAnswer({ kind: 'count', progress: { text: '2 files so far' } });

describe('the kind that the guide adds', () => {
  it('has its words in the list', () => {
    render(
      <JobBanners
        jobs={[job, jobAnswer({ id: 'j2' })]}
        onOpen={jest.fn()}
        onForget={jest.fn()}
        trans={trans}
      />
    );
    const { textContent } = screen.getByRole('status');
    expect(textContent).toContain('Counting iris…');
    expect(textContent).toContain('Publishing iris…');
  });

  it('has its words and its result on its own page', () => {
    const shown = (part: Partial<typeof job>): JSX.Element => (
      <JobView
        job={{ ...job, ...part }}
        connected
        error={null}
        onCancel={jest.fn()}
        actions={noActions()}
        trans={trans}
      />
    );
    const { rerender } = render(shown({}));
    expect(screen.getByRole('heading').textContent).toBe('Counting iris');
    expect(screen.getByText('2 files so far')).toBeTruthy();
    rerender(shown({ state: 'succeeded', result: { files: 2 } }));
    expect(screen.getByRole('status').textContent).toBe('2 files.');
  });
});
