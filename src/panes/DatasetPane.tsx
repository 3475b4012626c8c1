import { Clipboard } from '@jupyterlab/apputils';
import React from 'react';

import { openMenu } from '../actions/contextMenu';
import { copyLink, folderBrowser, saveCroissant } from '../actions/datasets';
import { saveFile } from '../actions/downloads';
import { editDataset } from '../actions/drafts';
import { resumeOrUndoAndShow } from '../actions/jobs';
import {
  insertLoader,
  openLoaderNotebook
} from '../actions/notebooks/notebooks';
import { startShare } from '../actions/shares';
import {
  showAccount,
  showDataset,
  showJob,
  showList,
  showListOf
} from '../actions/views';
import { ResourceView } from '../components/common/ResourceView';
import { DatasetView } from '../components/dataset/DatasetView';
import { UnknownDataset } from '../components/dataset/UnknownDataset';
import { useHasNotebook } from '../hooks/useHasNotebook';
import { useModel } from '../hooks/useModel';
import type { Workbench } from '../models/workbench';
import type { IJob } from '../types/api';
import { CodeView } from './CodeView';

/**
 * The page of a dataset of the catalog.
 */
export function DatasetPane(props: {
  workbench: Workbench;
  name: string;
}): JSX.Element {
  const { workbench, name } = props;
  const { editors, trans } = workbench.services;
  const detail = workbench.details.entry(name);
  useModel(detail);
  useModel(workbench.jobs);
  const hasNotebook = useHasNotebook(workbench);
  const { error, value } = detail.entry;
  if (error?.code === 'not_found' && !value) {
    return (
      <UnknownDataset
        id={name}
        detail={error.detail}
        onSearch={() => showListOf(workbench, name)}
        onList={() => showList(workbench)}
        trans={trans}
      />
    );
  }
  return (
    <ResourceView
      resource={detail.entry}
      waiting={trans.__('Loading…')}
      trans={trans}
    >
      {entry => (
        <DatasetView
          entry={entry}
          access={detail.access}
          versions={detail.versions}
          citations={detail.citations}
          shares={detail.shares}
          sharing={{
            jobOf: channel => jobOf(workbench, name, channel),
            onStart: (share, action, options, placement) =>
              startShare(workbench, name, share, action, options, placement),
            executors: workbench.services.session.info?.executors ?? [],
            onEdit: () => void editDataset(workbench, name),
            onCancel: job => void workbench.jobs.cancel(job.id),
            onShowJob: job => showJob(workbench, job.id),
            onKeys: () => showAccount(workbench)
          }}
          related={detail.related}
          croissant={detail.croissant}
          isOpen={section => detail.isOpen(section)}
          onFold={(section, open) => detail.setOpen(section, open)}
          renderCode={(text, fileName) => (
            <div className="hnl-Code">
              <CodeView
                text={text}
                fileName={fileName}
                editors={editors}
                label={fileName}
              />
            </div>
          )}
          onOpenNotebook={
            entry.notebook
              ? () => void openLoaderNotebook(workbench, name)
              : undefined
          }
          onInsert={
            entry.loader && hasNotebook
              ? () => void insertLoader(workbench, name)
              : undefined
          }
          onEdit={() => void editDataset(workbench, name)}
          onCopyLink={() => copyLink(workbench, name, entry)}
          onMenu={openMenu}
          onBrowse={folderBrowser(workbench)}
          onResume={() => void resumeOrUndoAndShow(workbench, 'resume', name)}
          onUndo={() => void resumeOrUndoAndShow(workbench, 'undo', name)}
          onCopy={text => Clipboard.copyToSystem(text)}
          onSaveCitation={({ file_name, text }) =>
            saveFile(file_name, text, 'text/plain')
          }
          onCroissant={() => void saveCroissant(detail)}
          onOpen={id => showDataset(workbench, id)}
          trans={trans}
        />
      )}
    </ResourceView>
  );
}

/**
 * The newest job that shares a dataset through a channel.
 */
function jobOf(
  { jobs }: Workbench,
  name: string,
  channel: string
): IJob | undefined {
  return jobs.jobs.find(
    job => job.kind === 'share' && job.name === name && job.channel === channel
  );
}
