import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { createElement } from 'react';

import type { IDatasetInfo } from '../models/datasetLookup';
import type { IDraftContent, IShare, IShareAction } from '../types/api';

/**
 * Ask whether to delete a draft.
 */
export async function confirmDeleteDraft(
  title: string,
  trans: TranslationBundle
): Promise<boolean> {
  const { button } = await showDialog({
    title: trans.__('Delete the draft "%1"?', title),
    body: trans.__('What you wrote in it will be lost. No dataset is changed.'),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.warnButton({ label: trans.__('Delete') })
    ]
  });
  return button.accept;
}

/**
 * Ask whether to publish, and list what that will do.
 *
 * @param warnings - What speaks against it; it stands first.
 */
export async function confirmPublish(
  { create_pr }: Pick<IDraftContent, 'create_pr'>,
  actions: readonly string[],
  warnings: readonly string[],
  trans: TranslationBundle
): Promise<boolean> {
  const list = (kind: 'ul' | 'ol', items: readonly string[]) =>
    createElement(
      kind,
      null,
      items.map(item => createElement('li', { key: item }, item))
    );
  const { button } = await showDialog({
    title: create_pr
      ? trans.__('Open a pull request on the Hub?')
      : trans.__('Publish this dataset?'),
    body: createElement(
      'div',
      null,
      warnings.length > 0 &&
        createElement(
          'div',
          { className: 'hnl-Dialog-warnings' },
          createElement('p', null, trans.__('Before you publish:')),
          list('ul', warnings)
        ),
      list('ol', actions)
    ),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      warnings.length > 0
        ? Dialog.warnButton({ label: trans.__('Publish anyway') })
        : Dialog.okButton({ label: trans.__('Publish') })
    ]
  });
  return button.accept;
}

/**
 * Ask whether to remove a dataset from the catalog.
 *
 * @returns Whether to delete its repository on the Hub too; null if the user cancelled.
 */
export async function confirmRetire(
  name: string,
  dataset: IDatasetInfo | null,
  trans: TranslationBundle
): Promise<{ from_hub: boolean } | null> {
  const { button, isChecked } = await showDialog({
    title: trans.__('Retire "%1"?', dataset?.pretty_name || name),
    body: dataset?.repo_url
      ? trans.__(
          'It is removed from the catalog. The data itself is not touched. Its repository stays on the Hub, where people can still find it, unless you delete that as well.'
        )
      : trans.__(
          'It is removed from the catalog. The data itself is not touched.'
        ),
    ...(dataset?.repo_url && {
      checkbox: {
        label: dataset.repo_id
          ? trans.__(
              'Also delete its repository %1 on the Hub',
              dataset.repo_id
            )
          : trans.__('Also delete its repository on the Hub'),
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

/**
 * Ask whether a channel may send something to others.
 */
export async function confirmShare(
  share: Pick<IShare, 'title'>,
  action: Pick<IShareAction, 'title' | 'final'>,
  question: string,
  trans: TranslationBundle
): Promise<boolean> {
  const { button } = await showDialog({
    title: share.title,
    body: question,
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      action.final
        ? Dialog.warnButton({ label: action.title })
        : Dialog.okButton({ label: action.title })
    ]
  });
  return button.accept;
}
