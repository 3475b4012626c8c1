import type { TranslationBundle } from '@jupyterlab/translation';
import { JSONExt, type PartialJSONObject } from '@lumino/coreutils';
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
  const ways = [
    [entry.record['portal_link'], trans.__('Data from the portal')],
    ...distributionsOf(entry).map(({ channel, url }) => [
      url,
      labelOf(String(channel), trans)
    ])
  ].filter((way): way is [string, string] => typeof way[0] === 'string');
  return (
    <>
      <ul className="hnl-Downloads">
        {ways.map(([href, label]) => (
          <li key={`${label} ${href}`}>
            <span className="hnl-Downloads-label">{label}</span>
            <WebLink href={href} />
          </li>
        ))}
        <li>
          <span className="hnl-Downloads-label">
            {trans.__('Machine-readable description')}
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

/**
 * The ways to have the data that a record names; others may have written it by hand.
 */
function distributionsOf(entry: IEntry): PartialJSONObject[] {
  const listed = entry.record['distributions'];
  return Array.isArray(listed)
    ? listed
        .filter((one): one is PartialJSONObject => JSONExt.isObject(one))
        // What is only requested or reserved cannot be had yet, and a DOI leads to a page.
        .filter(
          ({ channel, state }) => state === undefined && channel !== 'doi'
        )
    : [];
}

function labelOf(channel: string, trans: TranslationBundle): string {
  switch (channel) {
    case 'link':
      return trans.__('Data from another site');
    case 'torrent':
      return trans.__('Data as a torrent');
    case 'drive':
      return trans.__('Data on Google Drive');
    default:
      return trans.__('Data: %1', channel);
  }
}
