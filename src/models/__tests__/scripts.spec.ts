import { memberFor } from '../scripts';

describe('memberFor', () => {
  it.each([
    ['code/load.py', 'loader'],
    ['code/Load.R', 'loader'],
    ['run.slurm', 'batch_script'],
    ['run.sh', 'batch_script'],
    ['data/iris.csv', null],
    ['py', null],
    ['load.py/data', null]
  ])('takes %s for %s', (path, member) => {
    expect(memberFor(path)).toBe(member);
  });
});
