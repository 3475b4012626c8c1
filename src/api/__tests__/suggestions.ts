import type { ISuggestions } from '../../types/api';

/**
 * What a folder with files that agree and disagree suggests.
 */
export function suggestionsAnswer(
  part: Partial<ISuggestions> = {}
): ISuggestions {
  return {
    data_path: '/data/rain',
    fields: [
      {
        member: 'pretty_name',
        choices: [
          {
            value: 'Rain gauges',
            origins: [
              { file: 'CITATION.cff', passage: 'title: Rain gauges' },
              { file: 'README.md', passage: 'Rain Gauges' }
            ]
          }
        ]
      },
      {
        member: 'license',
        choices: [
          {
            value: 'cc-by-4.0',
            origins: [{ file: 'LICENSE', passage: 'CC BY 4.0' }]
          },
          {
            value: 'mit',
            origins: [{ file: 'README.md', passage: 'Under the MIT license.' }]
          }
        ]
      },
      {
        member: 'loader',
        choices: [
          {
            value: 'load.py',
            origins: [{ file: 'load.py', passage: 'load.py imports pandas' }],
            path: 'rain/load.py'
          }
        ]
      }
    ],
    skipped: [],
    ...part
  };
}
