import type { IJobKind } from '../kind';
import { publication } from '../publication';

export const kind: IJobKind = {
  ...publication,
  title: ({ name }, trans) => trans.__('Adopting %1', name)
};
