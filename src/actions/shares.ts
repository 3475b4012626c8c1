import type { Workbench } from '../models/workbench';
import type { IShare, IShareAction } from '../types/api';
import type { IFieldError } from '../types/errors';
import { confirmShare } from './dialogs';
import { reportError } from './report';

/**
 * Start an action of a channel, after the user has agreed if it sends something to others: twice if
 * that cannot be undone.
 *
 * @returns `'begun'`; `'stopped'` if the user said no or was notified of an error; the errors of the
 * options if these must be corrected first.
 */
export async function startShare(
  workbench: Workbench,
  name: string,
  share: IShare,
  action: IShareAction,
  options: Readonly<Record<string, unknown>>,
  placement?: { executor: string; resources: Readonly<Record<string, string>> }
): Promise<'begun' | 'stopped' | readonly IFieldError[]> {
  const { trans } = workbench.services;
  let confirmed = 0;
  if (action.question !== undefined) {
    const questions = [action.question.replace(/\{name\}/g, name)];
    if (action.final) {
      questions.push(trans.__('This cannot be undone. Continue?'));
    }
    for (const question of questions) {
      if (!(await confirmShare(share, action, question, trans))) {
        return 'stopped';
      }
      confirmed += 1;
    }
  }
  const { jobs } = workbench;
  const job = await jobs.start({
    kind: 'share',
    arguments: {
      name,
      channel: share.channel,
      action: action.name,
      options,
      confirmed
    },
    ...placement
  });
  if (job) {
    return 'begun';
  }
  const errors = jobs.startError?.errors ?? [];
  if (errors.length > 0 && errors.every(isOfOptions)) {
    return errors;
  }
  reportError(jobs.startError);
  return 'stopped';
}

function isOfOptions({ pointer }: IFieldError): boolean {
  return pointer.startsWith('/options/');
}
