// Written by scripts/make_job_kinds.py from the files beside it.
import type { IJobKind } from '../kind';
import { kind as adopt } from './adopt';
import { kind as checksum } from './checksum';
import { kind as inspect } from './inspect';
import { kind as publish } from './publish';
import { kind as resume } from './resume';
import { kind as retire } from './retire';
import { kind as share } from './share';
import { kind as undo } from './undo';
import { kind as update } from './update';
import { kind as verify_data } from './verify_data';

export const KINDS: ReadonlyMap<string, IJobKind> = new Map([
  ['adopt', adopt],
  ['checksum', checksum],
  ['inspect', inspect],
  ['publish', publish],
  ['resume', resume],
  ['retire', retire],
  ['share', share],
  ['undo', undo],
  ['update', update],
  ['verify_data', verify_data]
]);
