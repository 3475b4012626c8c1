import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useEffect, useRef, useState } from 'react';

import { Banner } from '../components/common/Banner';
import { Button } from '../components/common/Button';
import { accessSentence } from '../components/entry/accessSentence';
import { EntryForm, type IEntryForm } from '../components/form';
import { withScript } from '../models/content';
import type { DraftModel } from '../models/draft';
import type { ScriptMember } from '../scripts';
import { DraftBanners } from './DraftBanners';
import { generateNotebook, notebookFolder } from './notebooks';
import { pickData, pickFolder, pickScript } from './pickers';
import { PreviewView } from './PreviewView';
import { CodeView } from './CodeView';
import { useKernels, useLocation, useSchema, useScript } from './useDraftForm';
import { useTakenName } from './useTakenName';
import { useModel } from './useModel';
import type { Workbench } from './workbench';

export interface IDraftPaneProps {
  workbench: Workbench;
  draft: DraftModel;
  /**
   * Whether the card and the notebook are previewed at the end of the form; else elsewhere.
   */
  previewInside: boolean;
  onPublished: (jobId: string) => void;
}

/**
 * The form of a draft, bound to its model.
 */
export function DraftPane(props: IDraftPaneProps): JSX.Element {
  const { workbench, draft, onPublished } = props;
  const { services } = workbench;
  const { session, editors, trans } = services;
  useModel(draft);
  useModel(session);
  const { schema, error: schemaError, retry } = useSchema(workbench);
  const kernels = useKernels(services.kernelspecs);
  const loader = useScript(workbench, draft, 'loader');
  const batchScript = useScript(workbench, draft, 'batch_script');
  const { content } = draft;
  const path = content.values['data_path'];
  const place = useLocation(workbench, typeof path === 'string' ? path : '');
  const name = String(content.values['name'] ?? '');
  const isTaken = useTakenName(workbench, content.editing === null ? name : '');
  const form = useRef<IEntryForm>(null);
  const [isPublishing, setPublishing] = useState(false);
  const [errorAsked, setErrorAsked] = useState(0);
  // After the rendering that brings what the server found.
  useEffect(() => {
    if (errorAsked > 0) {
      form.current?.focusError();
    }
  }, [errorAsked]);
  const focusError = (): void => setErrorAsked(count => count + 1);

  const account = session.info?.account ?? null;
  const mustPropose = account?.may === 'propose';
  const isHubAwaited =
    !!session.info?.token && session.info.hub.reachable !== true;
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
      <p className="hnl-Page">{trans.__('Reading the form…')}</p>
    );
  }

  const setScript = (member: ScriptMember, path: string | null): void =>
    draft.change(withScript(draft.content, member, path));
  const pick = async (member: ScriptMember): Promise<void> => {
    const picked = await pickScript(services, member);
    if (picked !== null) {
      setScript(member, picked);
    }
  };
  const pickPath = async (): Promise<void> => {
    const picked = await pickData(services);
    if (picked !== null) {
      await workbench.useData(draft, picked);
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
    const job = await workbench.publish(draft);
    setPublishing(false);
    if (job) {
      onPublished(job.id);
    } else if (draft.findings.errors.length > 0) {
      focusError();
    }
  };
  const generate = async (): Promise<void> => {
    if (!(await draft.makePreview())) {
      focusError();
      return;
    }
    const folder = await pickFolder(services, notebookFolder(workbench));
    if (folder !== null) {
      await generateNotebook(workbench, draft.id, folder);
    }
  };

  // Buttons that wait keep the focus, which disabled ones would lose.
  const busy = draft.isPreviewing || isPublishing;
  const access = place.location?.access;
  // What the server says of it stands at the field, too.
  const isRefused = draft.findings.errors.some(
    ({ pointer, code }) => pointer === '/name' && code === 'conflict'
  );
  const problem = loader.error ?? batchScript.error;
  return (
    <div className="hnl-Draft">
      <DraftBanners
        draft={draft}
        onShowEntry={() => workbench.showDataset(content.editing ?? '')}
        onOverwrite={() => void workbench.overwrite(draft)}
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
          name: isTaken && (
            <>
              {!isRefused &&
                trans.__(
                  'The catalog has a dataset of this name already.'
                )}{' '}
              <button
                type="button"
                className="hnl-LinkButton"
                onClick={() => workbench.showDataset(name)}
              >
                {trans.__('Show it')}
              </button>
            </>
          ),
          data_path:
            place.error?.detail ?? (access && accessSentence(access, trans))
        }}
        trans={trans}
        renderCode={(text, language) => (
          <CodeView
            text={text}
            language={language}
            editors={editors}
            label={trans.__('Picked script')}
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
        onClearLoader={() => setScript('loader', null)}
        onPickBatchScript={() => void pick('batch_script')}
        onClearBatchScript={() => setScript('batch_script', null)}
      >
        <div className="hnl-Actions">
          <Button isWaiting={busy} onClick={() => void preview()}>
            {trans.__('Preview')}
          </Button>
          <Button isWaiting={busy} onClick={() => void generate()}>
            {trans.__('Generate notebook…')}
          </Button>
          {account && account.may !== 'read' && (
            <Button
              look="primary"
              isWaiting={busy}
              onClick={() => void publish()}
            >
              {content.create_pr
                ? trans.__('Publish as pull request')
                : content.editing
                  ? trans.__('Publish the changes')
                  : trans.__('Publish')}
            </Button>
          )}
        </div>
        {!account && (
          <p className="hnl-Field-help">
            {isHubAwaited
              ? trans.__(
                  'To publish, the Hub is needed, which does not answer now. What is written here is kept.'
                )
              : trans.__('To publish, sign in to the Hub.')}{' '}
            <button
              type="button"
              className="hnl-LinkButton"
              onClick={() => workbench.showAccount()}
            >
              {isHubAwaited ? trans.__('Look') : trans.__('Sign in')}
            </button>
          </p>
        )}
        {account?.may === 'read' && (
          <p className="hnl-Field-help">{account.sentence}</p>
        )}
      </EntryForm>
    </div>
  );
}

/**
 * What stands in the form's place once its draft is published or deleted.
 */
export function GoneDraft({
  trans
}: {
  trans: TranslationBundle;
}): JSX.Element {
  return (
    <p className="hnl-Page" role="status">
      {trans.__('This draft is not there any more.')}
    </p>
  );
}
