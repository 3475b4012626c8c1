import type { TranslationBundle } from '@jupyterlab/translation';
import { deleteIcon, downloadIcon } from '@jupyterlab/ui-components';
import React from 'react';

import type { IDraftSummary } from '../../types/api';
import type { CatalogError } from '../../types/errors';
import { ago } from '../common/ago';
import { Banner } from '../common/Banner';
import { Button } from '../common/Button';

export interface IDraftListProps {
  /**
   * Newest first; null until they are loaded.
   */
  drafts: readonly IDraftSummary[] | null;
  error: CatalogError | null;
  onOpen: (id: string) => void;
  onExport: (draft: IDraftSummary) => void;
  onDelete: (draft: IDraftSummary) => void;
  onRetry: () => void;
  trans: TranslationBundle;
}

/**
 * The user's drafts.
 */
export function DraftList(props: IDraftListProps): JSX.Element {
  const { drafts, error, trans } = props;
  return (
    <div className="hnl-Page">
      <h3 className="hnl-Page-title">{trans.__('Drafts')}</h3>
      {error && (
        <Banner
          kind="error"
          actions={
            <Button onClick={props.onRetry}>{trans.__('Try again')}</Button>
          }
        >
          {error.detail}
        </Banner>
      )}
      {drafts?.length === 0 && (
        <p>
          {trans.__(
            'No drafts. A dataset that you start to catalog is kept here until you publish it.'
          )}
        </p>
      )}
      {!drafts && !error && <p>{trans.__('Loading…')}</p>}
      <ul className="hnl-Drafts">
        {drafts?.map(draft => {
          const title = draftTitle(draft, trans);
          return (
            <li key={draft.id} className="hnl-Drafts-item">
              <button
                type="button"
                className="hnl-Drafts-open"
                onClick={() => props.onOpen(draft.id)}
              >
                <span className="hnl-Row-title">{title}</span>
                <span className="hnl-Row-meta">
                  {draft.editing
                    ? trans.__('changes to %1', draft.editing)
                    : trans.__('new dataset')}
                  {' · '}
                  {ago(draft.updated_at, trans)}
                </span>
              </button>
              <button
                type="button"
                className="hnl-IconButton"
                title={trans.__('Export as JSON')}
                aria-label={trans.__('Export %1 as JSON', title)}
                onClick={() => props.onExport(draft)}
              >
                <downloadIcon.react tag="span" aria-hidden="true" />
              </button>
              <button
                type="button"
                className="hnl-IconButton"
                title={trans.__('Delete')}
                aria-label={trans.__('Delete %1', title)}
                onClick={() => props.onDelete(draft)}
              >
                <deleteIcon.react tag="span" aria-hidden="true" />
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/**
 * The name of a draft.
 */
export function draftTitle(
  draft: Pick<IDraftSummary, 'title' | 'name'>,
  trans: TranslationBundle
): string {
  return draft.title || draft.name || trans.__('Untitled');
}
