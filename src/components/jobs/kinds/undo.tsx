import type { IJobKind } from '../kind';
import { publication } from '../publication';

export const kind: IJobKind = {
  ...publication,
  title: ({ name }, trans) => trans.__('Undoing %1', name),
  done: (_, trans) => trans.__('Nothing was left behind.')
};
