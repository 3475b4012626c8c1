import type { IJobKind } from '../kind';

export const kind: IJobKind = {
  title: ({ name }, trans) => trans.__('Computing checksums of %1', name),
  done: ({ result }, trans) =>
    result?.['fingerprint'] === null
      ? trans.__('Some files could not be read; the log names them.')
      : trans.__(
          'The checksums of %1 files are up to date.',
          result?.['files'] ?? 0
        ),
  kept: (_, trans) =>
    trans.__(
      'The checksums computed so far were kept; the next run continues from there.'
    )
};
