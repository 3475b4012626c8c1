import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { createElement } from 'react';

import type { ILocation } from '../types/api';

/**
 * What to do about data that has an entry or a draft already.
 */
export type Choice =
  | { kind: 'entry'; name: string }
  | { kind: 'draft'; id: string }
  | { kind: 'new' };

/**
 * Ask what to do about data that has an entry or a draft already.
 *
 * @returns Null if the user cancelled. Nothing is asked where there is neither.
 */
export async function askAboutSameData(
  { datasets, drafts }: Pick<ILocation, 'datasets' | 'drafts'>,
  trans: TranslationBundle
): Promise<Choice | null> {
  const [entry] = datasets;
  const [draft] = drafts;
  if (!entry && !draft) {
    return { kind: 'new' };
  }
  const lines = [
    ...datasets.map(({ name, title }) =>
      trans.__('In the catalog: %1', title || name)
    ),
    ...drafts.map(({ title, name }) =>
      trans.__('Your draft: %1', title || name || trans.__('Untitled'))
    )
  ];
  const { button } = await showDialog({
    title: entry
      ? trans.__('This data is already in the catalog')
      : trans.__('You already have a draft of this data'),
    body: createElement(
      'ul',
      { className: 'hnl-Dialog-list' },
      lines.map(line => createElement('li', { key: line }, line))
    ),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.createButton({
        label: trans.__('Catalog it anyway'),
        actions: ['new']
      }),
      ...(entry
        ? [
            Dialog.createButton({
              label: trans.__('Open the entry'),
              actions: ['entry']
            })
          ]
        : []),
      ...(draft
        ? [
            Dialog.createButton({
              label: trans.__('Open the draft'),
              actions: ['draft']
            })
          ]
        : [])
    ]
  });
  const [action] = button.actions;
  if (!button.accept) {
    return null;
  }
  if (action === 'entry' && entry) {
    return { kind: 'entry', name: entry.name };
  }
  return action === 'draft' && draft
    ? { kind: 'draft', id: draft.id }
    : { kind: 'new' };
}
