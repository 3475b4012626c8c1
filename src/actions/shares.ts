import type { Workbench } from '../models/workbench';
import type { IShare, IShareAction } from '../types/api';
import { confirmShare } from './dialogs';
import { startJob } from './jobs';

/**
 * Have a channel do something with a dataset, after the user has agreed where others are sent
 * something: twice where that cannot be undone.
 *
 * @returns Whether it was begun.
 */
export async function startShare(
  workbench: Workbench,
  name: string,
  share: IShare,
  action: IShareAction,
  options: Readonly<Record<string, unknown>>,
  placement?: { executor: string; resources: Readonly<Record<string, string>> }
): Promise<boolean> {
  const { trans } = workbench.services;
  let confirmed = 0;
  if (action.question !== undefined) {
    const questions = [action.question.replace(/\{name\}/g, name)];
    if (action.final) {
      questions.push(trans.__('This cannot be undone. Go on?'));
    }
    for (const question of questions) {
      if (!(await confirmShare(share, action, question, trans))) {
        return false;
      }
      confirmed += 1;
    }
  }
  const job = await startJob(workbench, {
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
  return job !== null;
}
