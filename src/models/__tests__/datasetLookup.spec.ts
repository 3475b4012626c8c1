import { datasetAnswer, entryAnswer } from '../../api/__tests__/answers';
import { DatasetLookup } from '../datasetLookup';

const listed = datasetAnswer({ read_only: 'Listed.' });
const entry = entryAnswer({
  record: { name: 'sky', pretty_name: 'Sky', repo_id: 'NERSC/sky' },
  read_only: 'A newer version wrote it.'
});

const lookup = new DatasetLookup(
  { find: id => (id === 'iris' ? listed : null) },
  { find: id => (id === 'iris' || id === 'sky' ? entry : null) }
);

describe('DatasetLookup', () => {
  it('prefers the list', () => {
    expect(lookup.find('iris')).toBe(listed);
  });

  it('reads the page of a dataset that the list does not have', () => {
    expect(lookup.find('sky')).toEqual({
      name: 'sky',
      pretty_name: 'Sky',
      repo_id: 'NERSC/sky',
      repo_url: entry.repo_url,
      read_only: 'A newer version wrote it.'
    });
  });

  it('knows nothing of any other', () => {
    expect(lookup.find('wine')).toBeNull();
  });
});
