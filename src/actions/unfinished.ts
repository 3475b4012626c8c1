import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { createElement } from 'react';

import type { IJob, IJobOrder, IUnfinished } from '../types/api';
import type { Workbench } from '../models/workbench';
import { attempt } from './report';

/**
 * The order that finishes or undoes a publication. The person is asked first where it is somebody
 * else's, or where a repository would be deleted.
 *
 * @returns Null where it cannot be done, which the person is told, or where they say no.
 */
export async function orderForUnfinished(
  workbench: Workbench,
  kind: 'resume' | 'undo',
  name: string
): Promise<IJobOrder | null> {
  const { client, trans } = workbench.services;
  const found = await attempt(() => client.getUnfinished(name));
  if (!found) {
    return null;
  }
  const isHarmless = found.is_own && !(kind === 'undo' && found.deletes);
  if (isHarmless || found.problem) {
    // A job says best what is wrong with what cannot be read.
    return { kind, name };
  }
  const isAgreed = await confirmUnfinished(kind, found, trans);
  if (!isAgreed) {
    return null;
  }
  return found.is_own ? { kind, name } : { kind, name, take_over: found.etag };
}

/**
 * The order that goes on with a repository whose own record does not name the entry, once the
 * person has said that this one is meant.
 */
export async function orderWithRepository(
  job: IJob,
  repoId: string,
  trans: TranslationBundle
): Promise<IJobOrder | null> {
  const isRemoval = job.kind === 'retire';
  const { button } = await showDialog({
    title: isRemoval
      ? trans.__('Delete %1 from the Hub?', repoId)
      : trans.__('Change %1 on the Hub?', repoId),
    body: job.error?.detail ?? '',
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.warnButton({
        label: isRemoval ? trans.__('Delete') : trans.__('Change')
      })
    ]
  });
  if (!button.accept) {
    return null;
  }
  return job.draft_id
    ? { kind: job.kind, draft_id: job.draft_id, confirmed: repoId }
    : { kind: job.kind, name: job.name, from_hub: true, confirmed: repoId };
}

async function confirmUnfinished(
  kind: 'resume' | 'undo',
  found: IUnfinished,
  trans: TranslationBundle
): Promise<boolean> {
  const { name, account, is_own, deletes } = found;
  const actions = found[kind];
  const { button } = await showDialog({
    title:
      kind === 'resume'
        ? trans.__('Finish the publication of "%1"?', name)
        : trans.__('Undo the publication of "%1"?', name),
    body: createElement(
      'div',
      null,
      !is_own &&
        createElement(
          'p',
          null,
          trans.__(
            'It was started by %1. You would continue with a copy of it, under your own account.',
            account || trans.__('somebody else')
          )
        ),
      createElement(
        'ol',
        null,
        actions.map(action => createElement('li', { key: action }, action))
      )
    ),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      kind === 'undo' && deletes
        ? Dialog.warnButton({ label: trans.__('Undo and delete') })
        : Dialog.okButton({
            label: kind === 'resume' ? trans.__('Finish') : trans.__('Undo')
          })
    ]
  });
  return button.accept;
}
