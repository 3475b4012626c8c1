import { draftAnswer, locationAnswer } from '../../../api/__tests__/answers';
import {
  folderOf,
  folderOfScript,
  withLocation,
  withScript
} from '../draftContent';

const location = locationAnswer({
  portal_link: 'https://portal.example/wine'
});

describe('withScript', () => {
  it('drops the name of the script that was there before', () => {
    const values = { name: 'iris', loader: 'old.py' };
    expect(withScript({ editing: 'iris', values }, 'loader', 'new.py')).toEqual(
      { loader_path: 'new.py', values: { name: 'iris' } }
    );
  });

  it('says of a change that the script goes, and of a new entry nothing', () => {
    const values = { name: 'iris', batch_script: 'run.sh' };
    const member = 'batch_script';
    expect(withScript({ editing: 'iris', values }, member, null)).toEqual({
      batch_script_path: null,
      values: { name: 'iris', batch_script: null }
    });
    expect(withScript({ editing: null, values }, member, null)).toEqual({
      batch_script_path: null,
      values: { name: 'iris' }
    });
  });
});

describe('withScript, of what goes with a script', () => {
  const values = { name: 'iris' };

  it('leaves behind what lay beside the former one', () => {
    const content = {
      editing: null,
      values,
      loader_path: 'a/load.py',
      batch_script_path: 'b/run.sh',
      companion_paths: ['a/helpers.py', 'b/vars.sh']
    };
    expect(withScript(content, 'loader', 'c/load.py')).toEqual({
      loader_path: 'c/load.py',
      values,
      companion_paths: ['b/vars.sh']
    });
    expect(withScript(content, 'loader', 'a/other.py')).toEqual({
      loader_path: 'a/other.py',
      values
    });
  });

  it('takes the place of one of the repository', () => {
    const content = { editing: null, values, loader_in_repository: 'load.py' };
    expect(withScript(content, 'loader', 'my.py').loader_in_repository).toBe(
      null
    );
    expect(withScript(content, 'batch_script', 'run.sh')).toEqual({
      batch_script_path: 'run.sh',
      values
    });
  });
});

describe('withLocation', () => {
  it('takes what follows from the place', () => {
    expect(withLocation({}, location)).toEqual({
      data_path: '/data/wine',
      portal_link: 'https://portal.example/wine',
      name: 'wine'
    });
  });

  it('leaves a name that was given, and what else was written', () => {
    const values = { name: 'port', license: 'mit', portal_link: 'https://a' };
    const moved = { ...location, portal_link: null };
    expect(withLocation(values, moved)).toEqual({
      ...values,
      data_path: '/data/wine'
    });
  });
});

describe('folderOf', () => {
  it.each([
    ['a folder', { contents_path: 'data/wine' }, 'data/wine'],
    ['a file', { contents_path: 'data/wine.csv', is_folder: false }, 'data'],
    ['the root', { contents_path: '' }, ''],
    ['what is outside of the root', { contents_path: null }, null],
    ['what is not there', { access: { status: 'missing' } }, null]
  ] as const)('of %s', (_, part, expected) => {
    expect(folderOf(locationAnswer(part))).toBe(expected);
  });

  it('is unknown without a place', () => expect(folderOf(null)).toBeNull());
});

describe('folderOfScript', () => {
  it('is that of the script, if there is one', () => {
    const { content } = draftAnswer({ loader_path: 'code/load.py' });
    expect(folderOfScript(content, 'loader')).toBe('code');
    expect(folderOfScript(content, 'batch_script')).toBeNull();
  });
});
