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
 * A label and what stands beside it; what is empty is left out.
 */
export type Fact = [label: string, value: ReactNode];

/**
 * The facts of an entry: what there is to know first, then the rest.
 */
export function Facts(props: IFactsProps): JSX.Element {
  const { entry, trans } = props;
  const { record, contents } = entry;
  const text = (member: string): string => textOf(record[member]);
  const path = (value: string, where?: string | null): ReactNode =>
    value && <Path {...props} value={value} where={where} />;
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
        [trans.__('Loader seen to run'), text('verified_at')],
        [trans.__('Catalog folder'), path(entry.folder, contents.folder)],
        [trans.__('Published by'), text('published_by')],
        [trans.__('Published'), timeOf(text('published_at'))],
        [trans.__('Updated'), timeOf(text('updated_at'))]
      ]}
    />
  );
}

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
 * A path, to be copied, and to be shown in the file browser where it can.
 */
function Path(
  props: IFactsProps & { value: string; where: string | null | undefined }
): JSX.Element {
  const { value, where, onBrowse, trans } = props;
  return (
    <>
      {typeof where === 'string' && onBrowse ? (
        <button
          type="button"
          className="hnl-LinkButton hnl-Path"
          title={trans.__('Show in the file browser')}
          onClick={() => onBrowse(where)}
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

export function textOf(value: unknown): string {
  return Array.isArray(value)
    ? value.map(String).join(', ')
    : value === undefined || value === null
      ? ''
      : String(value);
}

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
 * Papers are given as addresses, DOIs or arXiv ids.
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
