import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { IVersion } from '../../types/api';
import type { IAsyncResource } from '../../types/asyncResource';
import { ago } from '../common/ago';
import { Button } from '../common/Button';
import { WebLink } from '../common/WebLink';

type Member = NonNullable<IVersion['members']>[number];
type File = NonNullable<IVersion['files']>[number];

/**
 * The versions of a dataset on the Hub, newest first, with the changes in each.
 */
export function Versions(props: {
  versions: readonly IVersion[];
  /**
   * Where they come from, to load again what the Hub did not answer in time.
   */
  resource: Pick<IAsyncResource<unknown>, 'load' | 'isLoading'>;
  trans: TranslationBundle;
}): JSX.Element {
  const { versions, resource, trans } = props;
  if (versions.length === 0) {
    return (
      <p className="hnl-Empty">
        {trans.__('This dataset is not on the Hub, so it has no versions.')}
      </p>
    );
  }
  return (
    <>
      {versions.some(({ files }) => !files) && (
        <p className="hnl-Versions-incomplete">
          {trans.__(
            'The Hub did not respond in time, so some changes are not known yet.'
          )}{' '}
          <Button
            isWaiting={resource.isLoading}
            onClick={() => void resource.load()}
          >
            {resource.isLoading ? trans.__('Loading…') : trans.__('Try again')}
          </Button>
        </p>
      )}
      <ol className="hnl-Versions">
        {versions.map(version => (
          <li key={version.revision} className="hnl-Versions-item">
            <div className="hnl-Versions-title">
              <WebLink href={version.url ?? ''}>
                {version.title || version.revision.slice(0, 7)}
              </WebLink>
            </div>
            <div className="hnl-Row-meta hnl-Versions-meta">
              <time
                dateTime={version.date}
                title={new Date(version.date).toLocaleString()}
              >
                {ago(version.date, trans)}
              </time>
              <span>{version.authors.join(', ')}</span>
              <span className="hnl-Path">{version.revision.slice(0, 7)}</span>
            </div>
            <Changes {...version} trans={trans} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Changes(
  props: Pick<IVersion, 'files' | 'members'> & { trans: TranslationBundle }
): JSX.Element {
  const { files, members = [], trans } = props;
  if (!files) {
    return <p className="hnl-Empty">{trans.__('Changes not known yet.')}</p>;
  }
  return members.length + files.length === 0 ? (
    <p className="hnl-Empty">{trans.__('No changes.')}</p>
  ) : (
    <ul className="hnl-Versions-changes">
      {members.map(member => (
        <li key={member.member}>
          <MemberChange {...member} trans={trans} />
        </li>
      ))}
      {files.map(file => (
        <li key={file.path}>{fileChange(file, trans)}</li>
      ))}
    </ul>
  );
}

function MemberChange(
  props: Member & { trans: TranslationBundle }
): JSX.Element {
  const { member, before, after, trans } = props;
  return (
    <>
      <span className="hnl-Versions-member">{member}</span>
      {before !== undefined && (
        <del className="hnl-Versions-text">
          <span className="hnl-visuallyHidden">{trans.__('before:')} </span>
          {before}
        </del>
      )}
      {after !== undefined && (
        <ins className="hnl-Versions-text">
          <span className="hnl-visuallyHidden">{trans.__('after:')} </span>
          {after}
        </ins>
      )}
    </>
  );
}

function fileChange({ path, change }: File, trans: TranslationBundle): string {
  switch (change) {
    case 'added':
      return trans.__('%1 added', path);
    case 'changed':
      return trans.__('%1 changed', path);
    case 'removed':
      return trans.__('%1 removed', path);
  }
}
