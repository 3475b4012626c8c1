import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { IHubDataset } from '../../types/api';
import { Banner } from '../common/Banner';
import { Button } from '../common/Button';
import { CopyButton } from '../common/CopyButton';
import { formatBytes } from '../common/formatBytes';
import { SafeMarkdown } from '../common/untrusted/SafeMarkdown';
import { WebLink } from '../common/WebLink';
import { FactList, textOf, timeOf } from './Facts';

export interface IHubViewProps {
  dataset: IHubDataset;
  onAdopt: () => void;
  onCopyLink: () => void;
  trans: TranslationBundle;
}

/**
 * A dataset that is only on the Hub, with a button to add it to the catalog.
 */
export function HubView(props: IHubViewProps): JSX.Element {
  const { dataset, trans } = props;
  const { downloads, gated, likes, n_bytes } = dataset;
  const words = [
    dataset.private && trans.__('Private'),
    gated && trans.__('Access on request, on its page on the Hub')
  ].filter(Boolean);
  return (
    <article className="hnl-Dataset">
      <div className="hnl-Dataset-head">
        <h3 className="hnl-Page-title">{dataset.pretty_name}</h3>
        <div className="hnl-Row-meta">{dataset.repo_id}</div>
        <div className="hnl-Actions">
          <Button look="primary" onClick={props.onAdopt}>
            {trans.__('Adopt…')}
          </Button>
          <CopyButton onCopy={props.onCopyLink} trans={trans}>
            {trans.__('Copy link')}
          </CopyButton>
          <WebLink href={dataset.repo_url} className="hnl-Dataset-hub">
            {trans.__('Open on the Hub')}
          </WebLink>
        </div>
      </div>
      <Banner kind="info">
        {trans.__(
          'This dataset is only on the Hub. Adopt it to add it to the catalog: a form opens, filled in from its card. Nothing changes until you publish.'
        )}
      </Banner>
      <div className="hnl-Section-content">
        <FactList
          facts={[
            [trans.__('Visibility'), words.join('. ')],
            [trans.__('Licence'), dataset.license],
            [trans.__('Tags'), textOf(dataset.tags)],
            [
              trans.__('Size of the data'),
              n_bytes === undefined ? '' : formatBytes(n_bytes)
            ],
            [trans.__('Downloads'), downloads?.toLocaleString()],
            [trans.__('Likes'), likes?.toLocaleString()],
            [trans.__('Updated'), timeOf(dataset.updated_at ?? '')]
          ]}
        />
      </div>
      <div className="hnl-Section-content">
        {dataset.card.trim() ? (
          <SafeMarkdown
            text={dataset.card}
            shown={dataset.card_html}
            trans={trans}
          />
        ) : (
          <p className="hnl-Empty">{trans.__('This dataset has no card.')}</p>
        )}
      </div>
    </article>
  );
}
