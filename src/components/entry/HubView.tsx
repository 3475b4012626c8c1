import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { IHubDataset } from '../../api/types';
import { Banner } from '../common/Banner';
import { Button } from '../common/Button';
import { CopyButton } from '../common/CopyButton';
import { SafeMarkdown } from '../common/SafeMarkdown';
import { WebLink } from '../common/WebLink';
import { FactList, textOf, timeOf } from './Facts';
import { sizeOf } from './sizeOf';

export interface IHubViewProps {
  dataset: IHubDataset;
  onAdopt: () => void;
  onCopyLink: () => void;
  trans: TranslationBundle;
}

/**
 * What the Hub says of a dataset that is not in the catalog, and the way to bring it there.
 */
export function HubView(props: IHubViewProps): JSX.Element {
  const { dataset, trans } = props;
  const { downloads, gated, likes, n_bytes } = dataset;
  const words = [
    dataset.private && trans.__('Private'),
    gated && trans.__('Access is granted on request, on its page there')
  ].filter(Boolean);
  return (
    <article className="hnl-Entry">
      <div className="hnl-Entry-head">
        <h3 className="hnl-Page-title">{dataset.pretty_name}</h3>
        <div className="hnl-Row-meta">{dataset.repo_id}</div>
        <div className="hnl-Actions">
          <Button look="primary" onClick={props.onAdopt}>
            {trans.__('Adopt…')}
          </Button>
          <CopyButton onCopy={props.onCopyLink} trans={trans}>
            {trans.__('Copy link')}
          </CopyButton>
          <WebLink href={dataset.repo_url} className="hnl-Entry-hub">
            {trans.__('Open on the Hub')}
          </WebLink>
        </div>
      </div>
      <Banner kind="info">
        {trans.__(
          'It is only on the Hub. Adopt it to bring it into the catalog: a form opens that is filled from its card, and nothing is changed before you publish.'
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
              n_bytes === undefined ? '' : sizeOf(n_bytes)
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
          <p className="hnl-Empty">{trans.__('It has no card.')}</p>
        )}
      </div>
    </article>
  );
}
