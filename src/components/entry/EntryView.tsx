import type { TranslationBundle } from '@jupyterlab/translation';
import { ellipsesIcon } from '@jupyterlab/ui-components';
import React, { type MouseEvent, type ReactNode, useState } from 'react';

import type { IEntry } from '../../api/types';
import { Banner } from '../common/Banner';
import { Section } from '../common/Section';
import { accessSentence } from './accessSentence';
import { Facts } from './Facts';

export interface IEntryViewProps {
  entry: IEntry;
  /**
   * Show the card as the Hub would.
   */
  renderCard: (card: string) => ReactNode;
  /**
   * Show code read-only, coloured by the file's ending.
   */
  renderCode: (text: string, fileName: string) => ReactNode;
  onOpenNotebook?: (() => void) | undefined;
  onInsert?: (() => void) | undefined;
  onEdit: () => void;
  onMenu: (event: MouseEvent<HTMLElement>) => void;
  /**
   * Show a folder in the file browser, by its contents path.
   */
  onBrowse?: ((path: string) => void) | undefined;
  onResume: () => void;
  onUndo: () => void;
  trans: TranslationBundle;
}

type Part = 'facts' | 'card' | 'loader' | 'batch_script';

/**
 * Everything that is known of one dataset.
 */
export function EntryView(props: IEntryViewProps): JSX.Element {
  const { entry, trans } = props;
  const name = String(entry.record['name'] ?? '');
  const title = String(entry.record['pretty_name'] ?? name);
  const [closed, setClosed] = useState<ReadonlySet<Part>>(new Set());
  const part = (
    which: Part,
    heading: string,
    content: ReactNode
  ): JSX.Element => (
    <Section
      title={heading}
      open={!closed.has(which)}
      onToggle={open => {
        const changed = new Set(closed);
        changed[open ? 'delete' : 'add'](which);
        setClosed(changed);
      }}
    >
      {content}
    </Section>
  );
  return (
    <article className="hnl-Entry" data-hnl-name={name}>
      <div className="hnl-Entry-head">
        <div className="hnl-Entry-title">
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
            <button
              type="button"
              className="hnl-Button hnl-mod-primary"
              onClick={props.onOpenNotebook}
            >
              {trans.__('Open loader notebook')}
            </button>
          )}
          {props.onInsert && (
            <button
              type="button"
              className="hnl-Button"
              onClick={props.onInsert}
            >
              {trans.__('Insert loader')}
            </button>
          )}
          <button type="button" className="hnl-Button" onClick={props.onEdit}>
            {trans.__('Edit')}
          </button>
        </div>
      </div>
      {entry.unfinished && (
        <Banner
          kind="warning"
          actions={
            <>
              <button
                type="button"
                className="hnl-Button"
                onClick={props.onResume}
              >
                {trans.__('Resume')}
              </button>
              <button
                type="button"
                className="hnl-Button"
                onClick={props.onUndo}
              >
                {trans.__('Undo')}
              </button>
            </>
          }
        >
          {trans.__(
            'A change of this entry was begun and not finished. Resume it to finish, or undo it to leave nothing behind.'
          )}
        </Banner>
      )}
      {entry.access && (
        <Banner kind={entry.access.status === 'readable' ? 'info' : 'warning'}>
          {accessSentence(entry.access, trans)}
        </Banner>
      )}
      {part(
        'facts',
        trans.__('Facts'),
        <Facts entry={entry} onBrowse={props.onBrowse} trans={trans} />
      )}
      {part('card', trans.__('Card'), props.renderCard(entry.card))}
      {entry.loader &&
        part(
          'loader',
          trans.__('Loader: %1', entry.loader.file_name),
          props.renderCode(entry.loader.text, entry.loader.file_name)
        )}
      {entry.batch_script &&
        part(
          'batch_script',
          trans.__('Batch script: %1', entry.batch_script.file_name),
          props.renderCode(
            entry.batch_script.text,
            entry.batch_script.file_name
          )
        )}
    </article>
  );
}
