import React, { useEffect } from 'react';

import { exportDraft } from '../actions/downloads';
import { deleteDraft, openDraft } from '../actions/drafts';
import { attempt } from '../actions/report';
import { DraftList, draftTitle } from '../components/drafts/DraftList';
import { useModel } from '../hooks/useModel';
import type { Workbench } from '../models/workbench';

/**
 * The list of the user's drafts, reloaded when it is shown.
 */
export function DraftsPane(props: { workbench: Workbench }): JSX.Element {
  const { workbench } = props;
  const { drafts, services } = workbench;
  const { client, trans } = services;
  useModel(drafts);
  useEffect(() => {
    void drafts.refresh();
  }, [drafts]);
  return (
    <DraftList
      drafts={drafts.drafts}
      error={drafts.listError}
      onOpen={id => void openDraft(workbench, id)}
      onExport={draft =>
        void attempt(() =>
          exportDraft(client, draft.id, draftTitle(draft, trans))
        )
      }
      onDelete={draft =>
        void deleteDraft(workbench, draft.id, draftTitle(draft, trans))
      }
      onRetry={() => void drafts.refresh()}
      trans={trans}
    />
  );
}
