import type { TranslationBundle } from '@jupyterlab/translation';
import { ellipsesIcon } from '@jupyterlab/ui-components';
import React, { type MouseEvent, useId } from 'react';

import { Button } from '../common/Button';
import { CopyButton } from '../common/CopyButton';
import { WebLink } from '../common/WebLink';

export interface IDatasetHeadProps {
  name: string;
  title: string;
  hubUrl: string | null;
  /**
   * Why it cannot be edited here; undefined if it can.
   */
  readOnly?: string | undefined;
  onOpenNotebook?: (() => void) | undefined;
  onInsert?: (() => void) | undefined;
  onEdit: () => void;
  onCopyLink: () => void;
  onMenu: (event: MouseEvent<HTMLElement>) => void;
  trans: TranslationBundle;
}

/**
 * The name of a dataset, and the buttons for what can be done with it.
 */
export function DatasetHead(props: IDatasetHeadProps): JSX.Element {
  const { name, title, hubUrl, readOnly, trans } = props;
  const id = useId();
  return (
    <div className="hnl-Dataset-head">
      <div className="hnl-Dataset-title">
        <h3 className="hnl-Page-title">{title}</h3>
        <button
          type="button"
          className="hnl-IconButton"
          aria-haspopup="menu"
          aria-label={trans.__('More actions for %1', title)}
          title={trans.__('More actions')}
          onClick={props.onMenu}
        >
          <ellipsesIcon.react tag="span" aria-hidden="true" />
        </button>
      </div>
      <div className="hnl-Row-meta">{name}</div>
      <div className="hnl-Actions">
        {props.onOpenNotebook && (
          <Button look="primary" onClick={props.onOpenNotebook}>
            {trans.__('Open loader notebook')}
          </Button>
        )}
        {props.onInsert && (
          <Button onClick={props.onInsert}>{trans.__('Insert loader')}</Button>
        )}
        <Button
          isWaiting={readOnly !== undefined}
          aria-describedby={readOnly === undefined ? undefined : id}
          onClick={props.onEdit}
        >
          {trans.__('Edit')}
        </Button>
        <CopyButton onCopy={props.onCopyLink} trans={trans}>
          {trans.__('Copy link')}
        </CopyButton>
        {hubUrl && (
          <WebLink href={hubUrl} className="hnl-Dataset-hub">
            {trans.__('Open on the Hub')}
          </WebLink>
        )}
      </div>
      {readOnly !== undefined && (
        <p id={id} className="hnl-Dataset-readOnly">
          {readOnly}
        </p>
      )}
    </div>
  );
}
