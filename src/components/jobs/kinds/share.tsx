import { Clipboard } from '@jupyterlab/apputils';
import React from 'react';

import { Button } from '../../common/Button';
import { CopyButton } from '../../common/CopyButton';
import { WebLink } from '../../common/WebLink';
import type { IAfterJobProps, IJobKind } from '../kind';

export const kind: IJobKind = {
  title: ({ name }, trans) => trans.__('Sharing %1', name),
  done: ({ result }, trans) =>
    textOf(result?.['text']) || trans.__('It is shared.'),
  kept: (_, trans) =>
    trans.__('What was done so far is kept: start it again to continue.'),
  After: AfterShare
};

/**
 * What it made: a text to send, an address to open, a file.
 */
function AfterShare({ job, actions, trans }: IAfterJobProps): JSX.Element {
  const text = textOf(job.result?.['copy_text']);
  const url = textOf(job.result?.['url']);
  const path = textOf(job.result?.['path']);
  return (
    <>
      {text && (
        <>
          <pre className="hnl-Cite-text">{text}</pre>
          <CopyButton
            onCopy={() => Clipboard.copyToSystem(text)}
            label={trans.__('Copy the text')}
            trans={trans}
          />
        </>
      )}
      {url && (
        <p className="hnl-Share-link">
          <WebLink href={url} />
        </p>
      )}
      {path && <p className="hnl-Path">{path}</p>}
      <div className="hnl-Actions">
        <Button onClick={() => actions.showDataset(job.name)}>
          {trans.__('Show the dataset')}
        </Button>
      </div>
    </>
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
