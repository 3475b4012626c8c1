import type { IJobKind } from '../kind';

export const kind: IJobKind = {
  title: ({ name }, trans) => trans.__('Computing checksums of %1', name),
  done: ({ result }, trans) =>
    result?.['fingerprint'] === null
      ? trans.__('Some files could not be read; the log names them.')
      : trans.__('Computed the checksums of %1 files.', result?.['files'] ?? 0),
  kept: (_, trans) =>
    trans.__('What was computed is kept; the next run continues from there.')
};
