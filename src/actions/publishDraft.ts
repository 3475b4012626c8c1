import type { DraftModel } from '../models/drafts/draft';
import type { IServices } from '../models/services';
import type { Workbench } from '../models/workbench';
import type { IJob } from '../types/api';
import { asCatalogError } from '../types/errors';
import { confirmPublish } from './dialogs';
import { reportError } from './report';

/**
 * Publish a draft if it has no errors, after the user has agreed.
 *
 * @returns The job; null if none was started. The form then shows why.
 */
export async function publishDraft(
  { jobs, services, settings }: Workbench,
  draft: DraftModel
): Promise<IJob | null> {
  if (!(await draft.makePreview())) {
    return null;
  }
  const { content, preview } = draft;
  const actions = preview?.actions ?? [];
  const warnings = await warningsOf(services, draft);
  const isAgreed =
    (!settings.confirmPublish && warnings.length === 0) ||
    (await confirmPublish(content, actions, warnings, services.trans));
  if (!isAgreed) {
    return null;
  }
  const job = await jobs.start({
    kind: content.editing ? 'update' : 'publish',
    draft_id: draft.id,
    private: content.private,
    create_pr: content.create_pr
  });
  const error = jobs.startError;
  if (error?.code === 'invalid_record') {
    draft.take(error);
  } else {
    reportError(error);
  }
  if (error?.code === 'conflict') {
    // The validation says what the user can do.
    void draft.validate();
  }
  return job;
}

/**
 * What speaks against publishing a draft, although it has no errors.
 */
async function warningsOf(
  { client, trans }: IServices,
  { content, findings }: DraftModel
): Promise<string[]> {
  const warnings = findings.warnings
    // Advice about words is at its field.
    .filter(({ code, pointer }) => code === 'recommended' && pointer !== '')
    .map(({ detail }) => detail);
  const { data_path, loader } = content.values;
  if (typeof data_path === 'string' && data_path !== '') {
    const problem = await client.locate({ data_path }).then(
      ({ access }) => access.status === 'missing',
      reason => asCatalogError(reason).code === 'not_found'
    );
    if (problem) {
      warnings.push(trans.__('There is nothing at %1.', data_path));
    }
  }
  if (!content.loader_path && !content.loader_in_repository && !loader) {
    warnings.push(
      trans.__('Without a loader script, nobody can load the data from here.')
    );
  }
  return warnings;
}
