import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { createElement } from 'react';

import type { IDraftContent } from '../types/api';
import type { IKnownDataset } from '../models/knownDataset';

/**
 * Ask whether a draft is to be thrown away.
 */
export async function confirmDelete(
  title: string,
  trans: TranslationBundle
): Promise<boolean> {
  const { button } = await showDialog({
    title: trans.__('Delete the draft "%1"?', title),
    body: trans.__('What was written in it is lost. Datasets are not touched.'),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.warnButton({ label: trans.__('Delete') })
    ]
  });
  return button.accept;
}

/**
 * Ask whether to go on, with what is about to happen.
 */
export async function confirmPublish(
  { create_pr }: IDraftContent,
  actions: readonly string[],
  trans: TranslationBundle
): Promise<boolean> {
  const { button } = await showDialog({
    title: create_pr
      ? trans.__('Propose it for the Hub?')
      : trans.__('Publish it?'),
    body: createElement(
      'ol',
      null,
      actions.map(action => createElement('li', { key: action }, action))
    ),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.okButton({ label: trans.__('Publish') })
    ]
  });
  return button.accept;
}

/**
 * Ask whether a dataset is to leave the catalog.
 *
 * @returns Whether its repository on the Hub goes, too; null for no.
 */
export async function confirmRetire(
  name: string,
  dataset: IKnownDataset | null,
  trans: TranslationBundle
): Promise<{ from_hub: boolean } | null> {
  const { button, isChecked } = await showDialog({
    title: trans.__('Retire "%1"?', dataset?.pretty_name || name),
    body: trans.__(
      'It leaves the catalog, so that nobody finds it there any more. The data itself is not touched.'
    ),
    ...(dataset?.repo_url && {
      checkbox: {
        label: dataset.repo_id
          ? trans.__(
              'Delete its repository %1 on the Hub, too',
              dataset.repo_id
            )
          : trans.__('Delete its repository on the Hub, too'),
        checked: false
      }
    }),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.warnButton({ label: trans.__('Retire') })
    ]
  });
  return button.accept ? { from_hub: isChecked === true } : null;
}
