import React, { useEffect, useRef, useState } from 'react';

import {
  deleteDraft,
  openDraft,
  overwriteDataset,
  setData
} from '../actions/drafts';
import {
  generateNotebook,
  notebookFolders
} from '../actions/notebooks/notebooks';
import { pickData, pickFolder, pickScript } from '../actions/pickers';
import { publishDraft } from '../actions/publishDraft';
import { showAccount, showDataset } from '../actions/views';
import { Banner } from '../components/common/Banner';
import { Button } from '../components/common/Button';
import { PathNote } from '../components/drafts/PathNote';
import { PublishButtons } from '../components/drafts/PublishButtons';
import { EntryForm, type IEntryForm } from '../components/form';
import { useFill } from '../hooks/useFill';
import { useKernels } from '../hooks/useKernels';
import { useLocation } from '../hooks/useLocation';
import { useModel } from '../hooks/useModel';
import { useRecordSchema } from '../hooks/useRecordSchema';
import { useScript } from '../hooks/useScript';
import { useShowNewScript } from '../hooks/useShowNewScript';
import { useTakenName } from '../hooks/useTakenName';
import { companionsOf, withCompanion } from '../models/drafts/companions';
import type { DraftModel } from '../models/drafts/draft';
import {
  folderOf,
  folderOfScript,
  othersOf,
  withLocation,
  withScript
} from '../models/drafts/draftContent';
import type { Workbench } from '../models/workbench';
import type { ScriptMember } from '../types/scripts';
import { DraftBanners } from './DraftBanners';
import { fillNotes } from './fillNotes';
import { PreviewView } from './PreviewView';
import { CodeView } from './CodeView';
import { titleOfDraft } from './viewTitle';

export interface IDraftPaneProps {
  workbench: Workbench;
  draft: DraftModel;
  /**
   * Whether the preview of the card and the notebook is shown at the end of the form.
   */
  previewInside: boolean;
  onPublished: (jobId: string) => void;
  onDiscarded: () => void;
}

/**
 * The form of a draft.
 */
export function DraftPane(props: IDraftPaneProps): JSX.Element {
  const { workbench, draft, onPublished } = props;
  const { services } = workbench;
  const { session, editors, trans } = services;
  useModel(draft);
  useModel(session);
  const { schema, error: schemaError, retry } = useRecordSchema(workbench);
  const kernels = useKernels(services.kernelspecs);
  const loader = useScript(workbench, draft, 'loader');
  const batchScript = useScript(workbench, draft, 'batch_script');
  const { content } = draft;
  const path = content.values['data_path'];
  const place = useLocation(workbench, typeof path === 'string' ? path : '');
  useEffect(() => {
    // Others have another home folder, so the record holds the whole path.
    if (typeof path === 'string' && path.startsWith('~') && place.location) {
      const { values } = draft.content;
      draft.change({ values: withLocation(values, place.location) });
    }
  }, [draft, path, place.location]);
  useFill(draft, place.location);
  const name = String(content.values['name'] ?? '');
  const isTaken = useTakenName(workbench, content.editing === null ? name : '');
  const form = useRef<IEntryForm>(null);
  const [isPublishing, setPublishing] = useState(false);
  const [focusRequests, setFocusRequests] = useState(0);
  // After the errors are rendered.
  useEffect(() => {
    if (focusRequests > 0) {
      form.current?.focusError();
    }
  }, [focusRequests]);
  useShowNewScript(draft, form);
  const focusError = (): void => setFocusRequests(count => count + 1);

  const account = session.info?.account ?? null;
  const mustPropose = account?.may === 'propose';
  useEffect(() => {
    if (mustPropose) {
      draft.change({ create_pr: true });
    }
  }, [draft, mustPropose]);

  if (!schema) {
    return schemaError ? (
      <Banner
        kind="error"
        actions={<Button onClick={retry}>{trans.__('Try again')}</Button>}
      >
        {schemaError.detail}
      </Banner>
    ) : (
      <p className="hnl-Page">{trans.__('Loading the form…')}</p>
    );
  }

  const changeScript = (member: ScriptMember, path: string | null): void =>
    draft.change(withScript(draft.content, member, path));
  const dataFolder = folderOf(place.location);
  const pick = async (member: ScriptMember): Promise<void> => {
    const picked = await pickScript(
      services,
      member,
      folderOfScript(content, member) ?? dataFolder
    );
    if (picked !== null) {
      changeScript(member, picked);
    }
  };
  const pickPath = async (): Promise<void> => {
    const picked = await pickData(services, dataFolder);
    if (picked !== null) {
      await setData(workbench, draft, picked);
    }
  };
  const preview = async (): Promise<void> => {
    if (await draft.makePreview()) {
      form.current?.showPlan();
    } else {
      focusError();
    }
  };
  const publish = async (): Promise<void> => {
    setPublishing(true);
    const job = await publishDraft(workbench, draft);
    setPublishing(false);
    if (job) {
      onPublished(job.id);
    } else if (draft.findings.errors.length > 0) {
      focusError();
    }
  };
  const discard = async (): Promise<void> => {
    const title = titleOfDraft(workbench, draft);
    if (await deleteDraft(workbench, draft.id, title)) {
      props.onDiscarded();
    }
  };
  const generate = async (): Promise<void> => {
    if (!(await draft.makePreview())) {
      focusError();
      return;
    }
    const folder = await pickFolder(
      services,
      notebookFolders(workbench)[0] ?? ''
    );
    if (folder !== null) {
      await generateNotebook(workbench, draft.id, folder);
    }
  };

  // The server's error at the field says the same.
  const hasNameError = draft.findings.errors.some(
    ({ pointer, code }) => pointer === '/name' && code === 'conflict'
  );
  const problem = loader.error ?? batchScript.error;
  return (
    <div className="hnl-Draft">
      <DraftBanners
        draft={draft}
        onShowDataset={() => showDataset(workbench, content.editing ?? '')}
        onOverwrite={() => void overwriteDataset(workbench, draft)}
        trans={trans}
      />
      {problem && <Banner kind="warning">{problem.detail}</Banner>}
      <EntryForm
        ref={form}
        schema={schema}
        values={content.values}
        errors={draft.findings.errors}
        warnings={draft.findings.warnings}
        checked={draft.checked}
        showErrors={draft.wasTried}
        vocabulary={workbench.reference.vocabulary}
        kernels={kernels}
        loader={loader.script}
        batchScript={batchScript.script}
        repositoryScripts={content.repository_scripts ?? []}
        loaderInRepository={content.loader_in_repository ?? null}
        companions={companionsOf(content, draft.findings.warnings)}
        options={{ private: content.private, create_pr: content.create_pr }}
        {...(mustPropose && account && { optionsNote: account.sentence })}
        plan={draft.preview}
        preview={
          props.previewInside &&
          draft.preview && (
            <PreviewView preview={draft.preview} services={services} />
          )
        }
        notes={{
          ...fillNotes(draft, trans),
          name: isTaken && (
            <>
              {!hasNameError &&
                trans.__(
                  'The catalog already has a dataset with this nickname.'
                )}{' '}
              <button
                type="button"
                className="hnl-LinkButton"
                onClick={() => showDataset(workbench, name)}
              >
                {trans.__('Show dataset')}
              </button>
            </>
          ),
          data_path: (
            <PathNote
              {...place}
              same={othersOf(draft, place.location)}
              onDataset={name => showDataset(workbench, name)}
              onDraft={id => void openDraft(workbench, id)}
              trans={trans}
            />
          )
        }}
        trans={trans}
        footer={
          <PublishButtons
            content={content}
            session={session.info}
            isBusy={draft.isPreviewing || isPublishing}
            onPreview={() => void preview()}
            onPublish={() => void publish()}
            onDiscard={() => void discard()}
            onAccount={() => showAccount(workbench)}
            trans={trans}
          />
        }
        renderCode={(text, language) => (
          <CodeView
            text={text}
            language={language}
            editors={editors}
            label={trans.__('Chosen script')}
          />
        )}
        onChange={values =>
          draft.change({
            values: { ...values },
            title: String(values['pretty_name'] || values['name'] || '')
          })
        }
        onOptions={options => draft.change(options)}
        onPickDataPath={() => void pickPath()}
        onPickLoader={() => void pick('loader')}
        onClearLoader={() => changeScript('loader', null)}
        onUseRepositoryLoader={name =>
          draft.change({ loader_in_repository: name })
        }
        onCompanion={(companion, wanted) =>
          draft.change(withCompanion(draft.content, companion, wanted))
        }
        onPickBatchScript={() => void pick('batch_script')}
        onClearBatchScript={() => changeScript('batch_script', null)}
      >
        <Button
          isWaiting={draft.isPreviewing || isPublishing}
          onClick={() => void generate()}
        >
          {trans.__('Generate notebook…')}
        </Button>
      </EntryForm>
    </div>
  );
}
