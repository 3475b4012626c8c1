/**
 * The sections of a dataset's page that can be collapsed.
 */
export type DatasetSection =
  | 'facts'
  | 'downloads'
  | 'card'
  | 'loader'
  | 'batch_script'
  | 'citations'
  | 'shares'
  | 'versions'
  | 'related';
