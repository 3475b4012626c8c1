import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { IEntry } from '../../types/api';
import type { IAsyncResource } from '../../types/asyncResource';
import { Banner } from '../common/Banner';
import { Button } from '../common/Button';
import { WebLink } from '../common/WebLink';

export interface IDownloadsProps {
  entry: IEntry;
  croissant: IAsyncResource<unknown>;
  onCroissant: () => void;
  trans: TranslationBundle;
}

/**
 * Where the data, and its description for programs, can be downloaded.
 */
export function Downloads(props: IDownloadsProps): JSX.Element {
  const { entry, croissant, trans } = props;
  const links = [
    [entry.record['portal_link'], trans.__('Data from the portal')],
    [entry.record['download_link'], trans.__('Data from another site')]
  ].filter((link): link is [string, string] => typeof link[0] === 'string');
  return (
    <>
      <ul className="hnl-Downloads">
        {links.map(([href, label]) => (
          <li key={label}>
            <span className="hnl-Downloads-label">{label}</span>
            <WebLink href={href} />
          </li>
        ))}
        <li>
          <span className="hnl-Downloads-label">
            {trans.__('Description for programs')}
          </span>
          <Button isWaiting={croissant.isLoading} onClick={props.onCroissant}>
            {trans.__('Download croissant.json')}
          </Button>
        </li>
      </ul>
      {croissant.error && (
        <Banner kind="error">{croissant.error.detail}</Banner>
      )}
    </>
  );
}
