import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { IAccess, ILocation } from '../../types/api';
import type { CatalogError } from '../../types/errors';
import { accessSentence } from '../common/accessSentence';
import { draftTitle } from './DraftList';

/**
 * The entries and drafts that describe the same data already.
 */
export type SameData = Pick<ILocation, 'datasets' | 'drafts'>;

export interface IPathNoteProps {
  /**
   * What is known of the path; null while nothing is.
   */
  location: ILocation | null;
  error: CatalogError | null;
  /**
   * The entries and drafts of the path, without the ones that the form is about.
   */
  same: SameData;
  onDataset: (name: string) => void;
  onDraft: (id: string) => void;
  trans: TranslationBundle;
}

/**
 * What is to be said of the path of the data: whether it can be read, and who describes it already.
 */
export function PathNote(props: IPathNoteProps): JSX.Element {
  const { location, error, same, trans } = props;
  const access = location?.access;
  const isMissing = access?.status === 'missing';
  return (
    <div role="status">
      <span className={error || isMissing ? 'hnl-Field-problem' : undefined}>
        {error
          ? error.detail
          : access && (isMissing ? missing : accessSentence)(access, trans)}
      </span>
      {same.datasets.map(({ name, title }) => (
        <span key={name} className="hnl-Field-same">
          {trans.__('Already in the catalog: %1.', title || name)}{' '}
          <button
            type="button"
            className="hnl-LinkButton"
            onClick={() => props.onDataset(name)}
          >
            {trans.__('Open the entry')}
          </button>
        </span>
      ))}
      {same.drafts.map(draft => (
        <span key={draft.id} className="hnl-Field-same">
          {trans.__('You have a draft of it: %1.', draftTitle(draft, trans))}{' '}
          <button
            type="button"
            className="hnl-LinkButton"
            onClick={() => props.onDraft(draft.id)}
          >
            {trans.__('Open the draft')}
          </button>
        </span>
      ))}
    </div>
  );
}

/**
 * Nobody has moved or purged what was never there, as far as the form knows.
 */
function missing(access: IAccess, trans: TranslationBundle): string {
  return access.blocked_at && !access.detail
    ? trans.__('There is no such folder: %1 does not exist.', access.blocked_at)
    : accessSentence(access, trans);
}
