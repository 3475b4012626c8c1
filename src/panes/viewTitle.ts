import { draftTitle } from '../components/drafts/DraftList';
import type { DraftModel } from '../models/drafts/draft';
import type { View } from '../models/navigation';
import type { Workbench } from '../models/workbench';

/**
 * The title of a view of the sidebar.
 */
export function viewTitle(workbench: Workbench, view: View): string {
  const { datasets, details, drafts, services } = workbench;
  const { trans } = services;
  switch (view.kind) {
    case 'browse':
      return trans.__('Datasets');
    case 'drafts':
      return trans.__('Drafts');
    case 'account':
      return trans.__('Account');
    case 'entry':
      return datasets.find(view.name)?.pretty_name || view.name;
    case 'hub':
      return (
        (details.findHub(view.repo_id) ?? datasets.find(view.repo_id))
          ?.pretty_name || view.repo_id
      );
    case 'draft': {
      const draft = drafts.find(view.id);
      return draft ? titleOfDraft(workbench, draft) : trans.__('Draft');
    }
    case 'job':
      return trans.__('Job');
  }
}

/**
 * The title of a draft, by what is typed in it.
 */
export function titleOfDraft(
  { services }: Workbench,
  { content }: DraftModel
): string {
  const { title, values } = content;
  const name = String(values['name'] ?? '');
  return draftTitle({ title, name }, services.trans);
}
