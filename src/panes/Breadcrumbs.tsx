import React from 'react';

import { draftTitle } from '../components/drafts/DraftList';
import { Button } from '../components/common/Button';
import type { DraftModel } from '../models/draft';
import type { View } from '../models/navigation';
import { useModel } from '../hooks/useModel';
import type { Workbench } from '../models/workbench';

/**
 * The way back to where one came from, and to the list.
 */
export function Place({ workbench }: { workbench: Workbench }): JSX.Element {
  const { services, navigation, drafts } = workbench;
  const { before, view } = navigation;
  const { trans } = services;
  const draft = view.kind === 'draft' ? drafts.find(view.id) : null;
  const title = before && viewTitle(workbench, before);
  return (
    <div className="hnl-Place">
      <div className="hnl-Place-ways">
        {before && before.kind !== 'browse' && (
          <Button
            look="plain"
            className="hnl-Place-back"
            aria-label={trans.__('Back to %1', title)}
            title={trans.__('Back to %1', title)}
            onClick={() => workbench.back()}
          >
            <span aria-hidden="true">‹</span>
            <span className="hnl-Place-name">{title}</span>
          </Button>
        )}
        <Button
          look="plain"
          onClick={() => navigation.show({ kind: 'browse' })}
        >
          {before?.kind === 'browse' && <span aria-hidden="true">‹</span>}
          {trans.__('Datasets')}
        </Button>
      </div>
      {draft && <DraftPlace workbench={workbench} draft={draft} />}
    </div>
  );
}

/**
 * Which draft it is, whether it is saved, and the way into a tab of its own.
 */
function DraftPlace(props: {
  workbench: Workbench;
  draft: DraftModel;
}): JSX.Element {
  const { workbench, draft } = props;
  const { openTab, trans } = workbench.services;
  useModel(draft);
  return (
    <>
      <span className="hnl-Place-title">{titleOf(draft, workbench)}</span>
      <span className="hnl-Place-state" role="status">
        {draft.isSaving
          ? trans.__('Saving…')
          : draft.isDirty
            ? ''
            : trans.__('Saved')}
      </span>
      {openTab && (
        <Button
          look="plain"
          onClick={() => {
            openTab(draft.id);
            workbench.back();
          }}
        >
          {trans.__('Open in a tab')}
        </Button>
      )}
    </>
  );
}

/**
 * What a view is called.
 */
export function viewTitle(workbench: Workbench, view: View): string {
  const { details, drafts, services } = workbench;
  const { trans } = services;
  switch (view.kind) {
    case 'browse':
      return trans.__('Datasets');
    case 'drafts':
      return trans.__('Drafts');
    case 'account':
      return trans.__('Account');
    case 'entry':
      return workbench.find(view.name)?.pretty_name || view.name;
    case 'hub':
      return (
        (details.findHub(view.repo_id) ?? workbench.find(view.repo_id))
          ?.pretty_name || view.repo_id
      );
    case 'draft': {
      const draft = drafts.find(view.id);
      return draft ? titleOf(draft, workbench) : trans.__('Draft');
    }
    case 'job':
      return trans.__('Job');
  }
}

function titleOf({ content }: DraftModel, workbench: Workbench): string {
  const { title, values } = content;
  const name = String(values['name'] ?? '');
  return draftTitle({ title, name }, workbench.services.trans);
}
