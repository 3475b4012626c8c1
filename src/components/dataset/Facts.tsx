import type { TranslationBundle } from '@jupyterlab/translation';
import { checkIcon, copyIcon } from '@jupyterlab/ui-components';
import React, { type ReactNode } from 'react';

import type { IEntry } from '../../types/api';
import { CopyButton } from '../common/CopyButton';
import { WebLink } from '../common/WebLink';

export interface IFactsProps {
  entry: IEntry;
  onBrowse?: ((path: string) => void) | undefined;
  onCopy: (text: string) => void;
  trans: TranslationBundle;
}

/**
 * A label and its value. A fact with an empty value is not shown.
 */
export type Fact = [label: string, value: ReactNode];

/**
 * The facts about a dataset of the catalog, the most important first.
 */
export function Facts(props: IFactsProps): JSX.Element {
  const { entry, trans } = props;
  const { record, contents } = entry;
  const text = (member: string): string => textOf(record[member]);
  const path = (value: string, contentsPath?: string | null): ReactNode =>
    value && <Path {...props} value={value} contentsPath={contentsPath} />;
  return (
    <FactList
      facts={[
        [trans.__('Data'), path(text('data_path'), contents.data)],
        [trans.__('Size'), text('size_categories')],
        [trans.__('Licence'), text('license_name') || text('license')],
        [trans.__('Tasks'), text('task_categories')],
        [trans.__('Languages'), text('language')],
        [trans.__('Tags'), text('tags')],
        [trans.__('Authors'), authorsOf(record['authors'])],
        [trans.__('Papers'), papersOf(record['papers'])],
        [
          trans.__('DOI'),
          text('doi') && link(doiLink(text('doi')), text('doi'))
        ],
        [trans.__('Home page'), link(text('homepage'))],
        [trans.__('On the Hub'), link(entry.repo_url ?? '', text('repo_id'))],
        [trans.__('Pull request'), link(text('pull_request_url'))],
        [trans.__('Kernel'), text('kernel_name')],
        [trans.__('Loader verified'), text('verified_at')],
        [trans.__('Catalog folder'), path(entry.folder, contents.folder)],
        [trans.__('Published by'), text('published_by')],
        [trans.__('Published'), timeOf(text('published_at'))],
        [trans.__('Updated'), timeOf(text('updated_at'))]
      ]}
    />
  );
}

/**
 * Labels and values.
 */
export function FactList({ facts }: { facts: readonly Fact[] }): JSX.Element {
  return (
    <dl className="hnl-Facts">
      {facts
        .filter(([, value]) => value)
        .map(([label, value]) => (
          <React.Fragment key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </React.Fragment>
        ))}
    </dl>
  );
}

/**
 * A path with a button to copy it; a link to the file browser if the file browser can show it.
 */
function Path(
  props: IFactsProps & {
    value: string;
    contentsPath: string | null | undefined;
  }
): JSX.Element {
  const { value, contentsPath, onBrowse, trans } = props;
  return (
    <>
      {typeof contentsPath === 'string' && onBrowse ? (
        <button
          type="button"
          className="hnl-LinkButton hnl-Path"
          title={trans.__('Show in the file browser')}
          onClick={() => onBrowse(contentsPath)}
        >
          {value}
        </button>
      ) : (
        <span className="hnl-Path">{value}</span>
      )}{' '}
      <CopyButton
        className="hnl-IconButton"
        label={trans.__('Copy the path %1', value)}
        copied={<checkIcon.react tag="span" aria-hidden="true" />}
        onCopy={() => props.onCopy(value)}
        trans={trans}
      >
        <copyIcon.react tag="span" aria-hidden="true" />
      </CopyButton>
    </>
  );
}

function link(href: string, label = href): ReactNode {
  return href || label ? <WebLink href={href}>{label}</WebLink> : '';
}

/**
 * A member of a record as text; empty if it is missing.
 */
export function textOf(value: unknown): string {
  return Array.isArray(value)
    ? value.map(String).join(', ')
    : value === undefined || value === null
      ? ''
      : String(value);
}

/**
 * A time in the user's format, or as it is if it cannot be read.
 */
export function timeOf(when: string): string {
  const time = new Date(when);
  return Number.isNaN(time.getTime()) ? when : time.toLocaleString();
}

function doiLink(doi: string): string {
  return `https://doi.org/${doi}`;
}

function authorsOf(authors: unknown): string {
  return Array.isArray(authors)
    ? authors
        .map((author: { name?: unknown } | null) => String(author?.name ?? ''))
        .filter(Boolean)
        .join(', ')
    : '';
}

/**
 * Papers are URLs, DOIs or arXiv ids.
 */
function papersOf(papers: unknown): ReactNode {
  if (!Array.isArray(papers) || papers.length === 0) {
    return '';
  }
  return (
    <ul className="hnl-Facts-list">
      {papers.map(String).map(paper => (
        <li key={paper}>{link(paperLink(paper), paper)}</li>
      ))}
    </ul>
  );
}

function paperLink(paper: string): string {
  if (/^10\.\d{4,}\//.test(paper)) {
    return doiLink(paper);
  }
  return /^(arxiv:)?\d{4}\.\d{4,5}(v\d+)?$/i.test(paper)
    ? `https://arxiv.org/abs/${paper.replace(/^arxiv:/i, '')}`
    : paper;
}
