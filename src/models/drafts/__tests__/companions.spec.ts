import type { IFieldError } from '../../../types/errors';
import { companionsOf, stillBeside, withCompanion } from '../companions';

const warning = (pointer: string, suggestion: string): IFieldError => ({
  pointer,
  code: 'companion',
  detail: `It needs ${suggestion}.`,
  suggestion
});
const draft = {
  values: { name: 'iris' },
  loader_path: 'code/load.py',
  batch_script_path: 'jobs/run.sh',
  companion_paths: ['code/helpers.py', 'jobs/vars.sh']
};
const helpers = {
  name: 'helpers.py',
  checked: true,
  member: 'loader'
} as const;
const vars = {
  name: 'vars.sh',
  checked: true,
  member: 'batch_script'
} as const;

describe('companionsOf', () => {
  it('has what comes along, then what the server says stays behind', () => {
    const warnings = [
      warning('/loader', 'helpers.py'),
      warning('/loader', 'grid.json'),
      warning('/batch_script', 'more.sh'),
      { ...warning('/loader', 'x'), code: 'syntax' }
    ];
    expect(companionsOf(draft, warnings)).toEqual([
      helpers,
      vars,
      { name: 'grid.json', checked: false, member: 'loader' },
      { name: 'more.sh', checked: false, member: 'batch_script' }
    ]);
  });

  it('has what the entry that is changed has', () => {
    const values = { companions: ['helpers.py', 7] };
    expect(companionsOf({ values }, [])).toEqual([helpers]);
  });

  it('has nothing where nothing is needed', () => {
    expect(companionsOf({ values: {} }, [])).toEqual([]);
  });
});

describe('withCompanion', () => {
  it('brings a file along from the folder of its script', () => {
    const grid = {
      name: 'grid.json',
      checked: false,
      member: 'loader'
    } as const;
    expect(withCompanion(draft, grid, true)).toEqual({
      companion_paths: ['code/helpers.py', 'jobs/vars.sh', 'code/grid.json']
    });
    const more = { ...vars, name: 'more.sh' };
    expect(withCompanion(draft, more, true).companion_paths).toContain(
      'jobs/more.sh'
    );
    const top = { values: {}, loader_path: 'load.py' };
    expect(withCompanion(top, grid, true)).toEqual({
      companion_paths: ['grid.json']
    });
  });

  it('leaves a file behind', () => {
    expect(withCompanion(draft, helpers, false)).toEqual({
      companion_paths: ['jobs/vars.sh']
    });
  });

  it('takes a file away that the entry has', () => {
    const values = { name: 'iris', companions: ['a.py', 'helpers.py'] };
    expect(withCompanion({ values }, helpers, false)).toEqual({
      companion_paths: [],
      values: { name: 'iris', companions: ['a.py'] }
    });
  });
});

describe('stillBeside', () => {
  it('leaves out what lay beside a script that is gone', () => {
    expect(stillBeside({ ...draft, loader_path: 'other/load.py' })).toEqual([
      'jobs/vars.sh'
    ]);
    expect(stillBeside({ values: {}, loader_path: 'a.py' })).toEqual([]);
  });
});
