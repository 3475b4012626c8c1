import type { TranslationBundle } from '@jupyterlab/translation';
import React, { type ReactNode } from 'react';

import type { IEntry } from '../../api/types';

export interface IFactsProps {
  entry: IEntry;
  onBrowse?: ((path: string) => void) | undefined;
  trans: TranslationBundle;
}

/**
 * The facts of an entry: what there is to know first, then the rest.
 */
export function Facts({ entry, onBrowse, trans }: IFactsProps): JSX.Element {
  const { record, contents } = entry;
  const text = (member: string): string => {
    const value = record[member];
    return Array.isArray(value)
      ? value.map(String).join(', ')
      : value === undefined || value === null
        ? ''
        : String(value);
  };
  const path = (value: string, where?: string | null): ReactNode =>
    where && onBrowse ? (
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
    );
  const facts: [label: string, value: ReactNode][] = [
    [
      trans.__('Data'),
      text('data_path') && path(text('data_path'), contents.data)
    ],
    [trans.__('Size'), text('size_categories')],
    [trans.__('Licence'), text('license_name') || text('license')],
    [trans.__('Tasks'), text('task_categories')],
    [trans.__('Languages'), text('language')],
    [trans.__('Tags'), text('tags')],
    [trans.__('Authors'), authorsOf(record['authors'])],
    [trans.__('DOI'), link(doiLink(text('doi')), text('doi'))],
    [trans.__('Home page'), link(text('homepage'))],
    [trans.__('Portal'), link(text('portal_link'))],
    [trans.__('Download'), link(text('download_link'))],
    [trans.__('On the Hub'), link(entry.repo_url ?? '', text('repo_id'))],
    [trans.__('Pull request'), link(text('pull_request_url'))],
    [trans.__('Kernel'), text('kernel_name')],
    [trans.__('Catalog folder'), path(entry.folder, contents.folder)],
    [trans.__('Published by'), text('published_by')],
    [trans.__('Published'), timeOf(text('published_at'))],
    [trans.__('Updated'), timeOf(text('updated_at'))]
  ];
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
 * Records come from other people: only addresses of the web become links.
 */
function link(href: string, label = href): ReactNode {
  return /^https?:\/\//i.test(href) ? (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {label || href}
    </a>
  ) : (
    label
  );
}

function doiLink(doi: string): string {
  return doi && `https://doi.org/${doi}`;
}

function authorsOf(authors: unknown): string {
  return Array.isArray(authors)
    ? authors
        .map((author: { name?: unknown } | null) => String(author?.name ?? ''))
        .filter(Boolean)
        .join(', ')
    : '';
}

function timeOf(when: string): string {
  const time = new Date(when);
  return Number.isNaN(time.getTime()) ? when : time.toLocaleString();
}
