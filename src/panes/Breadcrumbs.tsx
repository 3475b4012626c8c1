import React from 'react';

import { goBack, showList } from '../actions/views';
import { Button } from '../components/common/Button';
import { useModel } from '../hooks/useModel';
import type { DraftModel } from '../models/drafts/draft';
import type { Workbench } from '../models/workbench';
import { SaveState } from './SaveState';
import { titleOfDraft, viewTitle } from './viewTitle';

/**
 * The way back to the previous view and to the list.
 */
export function Breadcrumbs(props: { workbench: Workbench }): JSX.Element {
  const { workbench } = props;
  const { services, navigation, drafts } = workbench;
  const { before, view } = navigation;
  const { trans } = services;
  const draft = view.kind === 'draft' ? drafts.find(view.id) : null;
  const title = before && viewTitle(workbench, before);
  return (
    <div className="hnl-Breadcrumbs">
      <div className="hnl-Breadcrumbs-trail">
        {before && before.kind !== 'browse' && (
          <Button
            look="plain"
            className="hnl-Breadcrumbs-back"
            aria-label={trans.__('Back to %1', title)}
            title={trans.__('Back to %1', title)}
            onClick={() => goBack(workbench)}
          >
            <span aria-hidden="true">‹</span>
            <span className="hnl-Breadcrumbs-name">{title}</span>
          </Button>
        )}
        <Button look="plain" onClick={() => showList(workbench)}>
          {before?.kind === 'browse' && <span aria-hidden="true">‹</span>}
          {trans.__('Datasets')}
        </Button>
      </div>
      {draft && <DraftTitle workbench={workbench} draft={draft} />}
    </div>
  );
}

/**
 * The title of a draft, whether it is saved, and a button that moves it to a tab.
 */
function DraftTitle(props: {
  workbench: Workbench;
  draft: DraftModel;
}): JSX.Element {
  const { workbench, draft } = props;
  const { openTab, trans } = workbench.services;
  useModel(draft);
  return (
    <>
      <span className="hnl-Breadcrumbs-title">
        {titleOfDraft(workbench, draft)}
      </span>
      <SaveState draft={draft} trans={trans} />
      {openTab && (
        <Button
          look="plain"
          onClick={() => {
            openTab(draft.id);
            goBack(workbench);
          }}
        >
          {trans.__('Open in a tab')}
        </Button>
      )}
    </>
  );
}
