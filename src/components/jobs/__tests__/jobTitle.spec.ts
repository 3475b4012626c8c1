import { nullTranslator } from '@jupyterlab/translation';

import { jobTitle } from '../jobTitle';

const trans = nullTranslator.load('test');

describe('jobTitle', () => {
  it.each(['publish', 'update', 'retire', 'resume', 'undo'] as const)(
    'names the dataset of a job that is to %s',
    kind => {
      expect(jobTitle({ kind, name: 'iris' }, trans)).toContain('iris');
    }
  );
});
