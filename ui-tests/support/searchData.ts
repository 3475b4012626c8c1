/**
 * Records of three datasets to search for.
 *
 * @param word - In the nickname and title of each, and of no other dataset.
 */
export function threeDatasets(
  word: string
): (Record<string, unknown> & { name: string })[] {
  return [
    {
      name: `${word}-halo`,
      pretty_name: `Stellar halos ${word}`,
      description: 'Masses of halos, from a simulation of dark matter.',
      tags: ['cosmology', 'hdf5', 'tabular'],
      license: 'mit',
      updated_at: '2026-01-01T00:00:00Z'
    },
    {
      name: `${word}-void`,
      pretty_name: `Underdense voids ${word}`,
      description: 'Where there are no halos.',
      tags: ['cosmology', 'csv', 'tabular'],
      license: 'cc-by-4.0',
      data_path: '/nowhere/voids',
      updated_at: '2026-02-01T00:00:00Z'
    },
    {
      name: `${word}-leaf`,
      pretty_name: `Tree scans ${word}`,
      tags: ['biology', 'csv', 'image'],
      license: 'cc-by-4.0',
      updated_at: '2026-03-01T00:00:00Z'
    }
  ];
}
