import { Clipboard } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import React, { useEffect, useState } from 'react';

import { AskedView } from '../components/common/Asked';
import { EntryView } from '../components/entry/EntryView';
import { UnknownDataset } from '../components/entry/UnknownDataset';
import type { EntryDetail } from '../models/details';
import { datasetAddress } from '../links';
import { saveFile, saveJson } from './exporting';
import { openMenu } from './focus';
import { insertLoader, openLoaderNotebook } from './notebooks';
import { CodeView } from './CodeView';
import { useModel } from './useModel';
import type { Workbench } from './workbench';

/**
 * The file browser's own command, which not every application has.
 */
const GO_TO_PATH = 'filebrowser:go-to-path';

/**
 * A dataset of the catalog.
 */
export function EntryPane(props: {
  workbench: Workbench;
  name: string;
}): JSX.Element {
  const { workbench, name } = props;
  const { navigation, services } = workbench;
  const { client, commands, editors, trans } = services;
  const detail = workbench.details.entry(name);
  useModel(detail);
  const hasNotebook = useHasNotebook(workbench);
  const { error, value } = detail.entry;
  if (error?.code === 'not_found' && !value) {
    return (
      <UnknownDataset
        id={name}
        detail={error.detail}
        onSearch={() => workbench.searchFor(name)}
        onList={() => navigation.show({ kind: 'browse' })}
        trans={trans}
      />
    );
  }
  return (
    <AskedView
      asked={detail.entry}
      waiting={trans.__('Reading…')}
      trans={trans}
    >
      {entry => (
        <EntryView
          entry={entry}
          access={detail.access}
          versions={detail.versions}
          citations={detail.citations}
          related={detail.related}
          croissant={detail.croissant}
          isOpen={part => detail.isOpen(part)}
          onFold={(part, open) => detail.setOpen(part, open)}
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
          onEdit={() => void workbench.edit(name)}
          onCopyLink={() =>
            Clipboard.copyToSystem(
              entry.lab_link ||
                datasetAddress(name, client.serverSettings.baseUrl)
            )
          }
          onMenu={openMenu}
          onBrowse={
            commands.hasCommand(GO_TO_PATH)
              ? path =>
                  void commands.execute(GO_TO_PATH, {
                    path: PathExt.normalize(path)
                  })
              : undefined
          }
          onResume={() => void workbench.begin({ kind: 'resume', name })}
          onUndo={() => void workbench.begin({ kind: 'undo', name })}
          onCopy={text => Clipboard.copyToSystem(text)}
          onSaveCitation={({ file_name, text }) =>
            saveFile(file_name, text, 'text/plain')
          }
          onCroissant={() => void saveCroissant(detail)}
          onOpen={id => workbench.showDataset(id)}
          trans={trans}
        />
      )}
    </AskedView>
  );
}

async function saveCroissant({ croissant }: EntryDetail): Promise<void> {
  await croissant.ask();
  if (croissant.value && !croissant.error) {
    saveJson('croissant.json', croissant.value);
  }
}

/**
 * Whether there is a notebook that a loader can be inserted into.
 */
function useHasNotebook({ services }: Workbench): boolean {
  const { notebooks } = services;
  const [hasNotebook, setHasNotebook] = useState(false);
  useEffect(() => {
    const look = (): void => setHasNotebook(!!notebooks?.currentWidget);
    look();
    notebooks?.currentChanged.connect(look);
    return () => {
      notebooks?.currentChanged.disconnect(look);
    };
  }, [notebooks]);
  return hasNotebook;
}
