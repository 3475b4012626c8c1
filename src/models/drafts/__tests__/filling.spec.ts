import { draftAnswer } from '../../../api/__tests__/answers';
import { suggestionsAnswer } from '../../../api/__tests__/suggestions';
import type { IDraftContent } from '../../../types/api';
import {
  filesOf,
  isFree,
  withKeptSources,
  withoutSuggestions,
  withSuggestion,
  withSuggestions
} from '../filling';

const content = (part: Partial<IDraftContent> = {}): IDraftContent =>
  draftAnswer({ title: '', values: { data_path: '/data/rain' }, ...part })
    .content;

/**
 * A draft that the folder's suggestions have filled in.
 */
const filled = (part: Partial<IDraftContent> = {}): IDraftContent => {
  const before = content(part);
  return { ...before, ...withSuggestions(before, suggestionsAnswer()) };
};

describe('withSuggestions', () => {
  it('fills in what is empty, with the files that say so', () => {
    expect(withSuggestions(content(), suggestionsAnswer())).toEqual({
      title: 'Rain gauges',
      values: {
        data_path: '/data/rain',
        pretty_name: 'Rain gauges',
        license: 'cc-by-4.0'
      },
      loader_path: 'rain/load.py',
      filled_from: '/data/rain',
      sources: {
        pretty_name: 'CITATION.cff, README.md',
        license: 'LICENSE',
        loader: 'load.py'
      }
    });
  });

  it('overwrites nothing that was typed or picked', () => {
    const typed = content({
      title: 'Mine',
      values: { data_path: '/data/rain', pretty_name: 'Mine' },
      loader_path: 'mine.py'
    });
    expect(withSuggestions(typed, suggestionsAnswer())).toEqual({
      values: { ...typed.values, license: 'cc-by-4.0' },
      filled_from: '/data/rain',
      sources: { license: 'LICENSE' }
    });
  });

  it('changes nothing if there are no suggestions', () => {
    expect(
      withSuggestions(content(), suggestionsAnswer({ fields: [] }))
    ).toEqual({});
  });

  it('replaces what another folder had filled in', () => {
    const other = suggestionsAnswer({
      data_path: '/data/snow',
      fields: [
        {
          member: 'license',
          choices: [
            { value: 'mit', origins: [{ file: 'COPYING', passage: 'MIT' }] }
          ]
        }
      ]
    });
    expect(withSuggestions(filled(), other)).toEqual({
      title: '',
      values: { data_path: '/data/rain', license: 'mit' },
      loader_path: null,
      filled_from: '/data/snow',
      sources: { license: 'COPYING' }
    });
  });
});

describe('withoutSuggestions', () => {
  it('removes what was filled in, and nothing that was typed', () => {
    const typed = filled({
      values: { data_path: '/data/rain', description: 'Mine.' }
    });
    const undone = { ...typed, ...withoutSuggestions(typed) };
    expect(undone.values).toEqual({
      data_path: '/data/rain',
      description: 'Mine.'
    });
    expect(undone.loader_path).toBeNull();
    expect(undone.sources).toEqual({});
    expect(undone.filled_from).toBe('/data/rain');
  });
});

describe('withSuggestion', () => {
  it('takes another value, or empties the field', () => {
    const draft = filled();
    const [, other] = suggestionsAnswer().fields[1]!.choices;
    expect(withSuggestion(draft, 'license', other!)).toEqual({
      values: { ...draft.values, license: 'mit' },
      sources: { ...draft.sources, license: 'README.md' }
    });
    const cleared = { ...draft, ...withSuggestion(draft, 'license', null) };
    expect(isFree(cleared, 'license')).toBe(true);
    expect(cleared.sources).not.toHaveProperty('license');
    const unpicked = { ...draft, ...withSuggestion(draft, 'loader', null) };
    expect(isFree(unpicked, 'loader')).toBe(true);
  });
});

describe('withKeptSources', () => {
  it('forgets the source of a field that the user changes', () => {
    const draft = filled();
    const values = { ...draft.values, license: 'mit', name: 'rain' };
    expect(withKeptSources(draft, { values }).sources).toEqual({
      pretty_name: 'CITATION.cff, README.md',
      loader: 'load.py'
    });
    expect(
      withKeptSources(draft, { loader_path: 'mine.py' }).sources
    ).not.toHaveProperty('loader');
    expect(withKeptSources(draft, { private: true })).toEqual({
      private: true
    });
  });
});

describe('filesOf', () => {
  it('names each file once', () => {
    expect(filesOf(filled())).toEqual([
      'CITATION.cff',
      'README.md',
      'LICENSE',
      'load.py'
    ]);
    expect(filesOf(content())).toEqual([]);
  });
});
