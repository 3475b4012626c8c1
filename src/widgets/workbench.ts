import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { createElement } from 'react';

import type { ITerm } from '../components/common/terms';
import type { IRecordSchema } from '../components/form/schema';
import type { IDraftContent, IJob, IJobOrder } from '../api/types';
import { asCatalogError, type CatalogError } from '../errors';
import { CatalogModel } from '../models/catalog';
import type { DraftModel } from '../models/draft';
import { DraftsModel } from '../models/drafts';
import { isActive, JobsModel } from '../models/jobs';
import { NavigationModel, type View } from '../models/navigation';
import { type IPanelSettings, readSettings } from '../settings';
import type { IServices } from './services';

/**
 * The panel's models and what a person can do with them, wherever it is done from.
 */
export class Workbench {
  constructor(readonly services: IServices) {
    const { client } = services;
    this.catalog = new CatalogModel(client, services.isVisible);
    this.drafts = new DraftsModel(client);
    this.jobs = new JobsModel(client);
    this.navigation = new NavigationModel();
    this.jobs.stateChanged.connect(this._onJobs, this);
    if (this.settings.startView === 'drafts') {
      this.navigation.show({ kind: 'drafts' });
    }
  }

  readonly catalog: CatalogModel;
  readonly drafts: DraftsModel;
  readonly jobs: JobsModel;
  readonly navigation: NavigationModel;

  get settings(): IPanelSettings {
    return readSettings(this.services.settings);
  }

  /**
   * Read everything anew.
   *
   * @param askHub - Whether the Hub is asked, too, even if its last answer is fresh.
   */
  async refresh(askHub = false): Promise<void> {
    const { session } = this.services;
    await session.check();
    if (askHub || session.state === 'failed') {
      await session.refresh();
    }
    if (!session.info) {
      return;
    }
    const { view } = this.navigation;
    await Promise.all([
      this.catalog.refresh(),
      this.jobs.refresh(),
      this.drafts.refresh(),
      view.kind === 'entry' && this.catalog.openEntry(view.name)
    ]);
  }

  /**
   * Show what was shown before the page was reloaded.
   */
  async restore(view: View): Promise<void> {
    if (view.kind === 'draft' && !(await this.drafts.open(view.id))) {
      return;
    }
    if (view.kind === 'entry') {
      void this.catalog.openEntry(view.name);
    }
    if (view.kind !== 'browse') {
      this.navigation.show(view);
    }
  }

  showEntry(name: string): void {
    void this.catalog.openEntry(name);
    this.navigation.show({ kind: 'entry', name });
    this.services.reveal();
  }

  showDrafts(): void {
    void this.drafts.refresh();
    this.navigation.show({ kind: 'drafts' });
    this.services.reveal();
  }

  showAccount(): void {
    this.navigation.show({ kind: 'account' });
    this.services.reveal();
  }

  showJob(id: string): void {
    this.navigation.show({ kind: 'job', id });
    this.services.reveal();
  }

  /**
   * Begin to catalog a dataset.
   *
   * @param contentsPath - Its folder or file, as the file browser names it.
   */
  async create(contentsPath?: string): Promise<void> {
    let content: Partial<IDraftContent> = {};
    if (contentsPath !== undefined) {
      const found = await this.attempt(() =>
        this.services.client.locate({ contents_path: contentsPath })
      );
      if (!found) {
        return;
      }
      content = {
        title: found.name_proposal ?? PathExt.basename(found.data_path),
        values: {
          ...(found.name_proposal && { name: found.name_proposal }),
          data_path: found.data_path,
          ...(found.portal_link && { portal_link: found.portal_link })
        }
      };
    }
    this._showDraft(await this.drafts.create(content));
  }

  async edit(name: string): Promise<void> {
    this._showDraft(await this.drafts.edit(name));
  }

  async openDraft(id: string): Promise<void> {
    this._showDraft(await this.drafts.open(id));
  }

  /**
   * Take a script for the draft that is open, or for a new one.
   */
  async useScript(
    member: 'loader_path' | 'batch_script_path',
    path: string
  ): Promise<void> {
    const { view } = this.navigation;
    const draft = view.kind === 'draft' ? this.drafts.find(view.id) : null;
    if (draft) {
      draft.change({ [member]: path });
      this.services.reveal();
    } else {
      this._showDraft(await this.drafts.create({ [member]: path }));
    }
  }

  async removeDraft(id: string, title: string): Promise<void> {
    const { trans } = this.services;
    const { button } = await showDialog({
      title: trans.__('Delete the draft "%1"?', title),
      body: trans.__(
        'What was written in it is lost. Datasets are not touched.'
      ),
      buttons: [
        Dialog.cancelButton({ label: trans.__('Cancel') }),
        Dialog.warnButton({ label: trans.__('Delete') })
      ]
    });
    if (button.accept) {
      await this.drafts.remove(id);
      this.report(this.drafts.deleteError);
    }
  }

  /**
   * Publish a draft, once it has no errors and the person says so.
   *
   * @returns The job; null where there is none yet, and the form says why.
   */
  async publish(draft: DraftModel): Promise<IJob | null> {
    if (!(await draft.makePreview())) {
      return null;
    }
    const { content, preview } = draft;
    if (
      this.settings.confirmPublish &&
      !(await this._confirmPublish(content, preview?.actions ?? []))
    ) {
      return null;
    }
    const job = await this.jobs.start({
      kind: content.editing ? 'update' : 'publish',
      draft_id: draft.id,
      private: content.private,
      create_pr: content.create_pr
    });
    const error = this.jobs.startError;
    if (error?.code === 'invalid_record') {
      draft.take(error);
    } else {
      this.report(error);
    }
    return job;
  }

  /**
   * Begin a job and show it.
   */
  async order(order: IJobOrder): Promise<IJob | null> {
    const job = await this.jobs.start(order);
    this.report(this.jobs.startError);
    return job;
  }

  async retire(name: string): Promise<void> {
    const { trans } = this.services;
    const record = this.catalog.find(name);
    let from_hub = false;
    if (this.settings.confirmRetire) {
      const answer = await showDialog({
        title: trans.__('Retire "%1"?', record?.pretty_name ?? name),
        body: trans.__(
          'It leaves the catalog, so that nobody finds it there any more. The data itself is not touched.'
        ),
        ...(record?.repo_url && {
          checkbox: {
            label: trans.__('Delete its repository on the Hub, too'),
            checked: false
          }
        }),
        buttons: [
          Dialog.cancelButton({ label: trans.__('Cancel') }),
          Dialog.warnButton({ label: trans.__('Retire') })
        ]
      });
      if (!answer.button.accept) {
        return;
      }
      from_hub = answer.isChecked === true;
    }
    const job = await this.order({ kind: 'retire', name, from_hub });
    if (job) {
      this.showJob(job.id);
    }
  }

  /**
   * Do something for the person, and tell them when it fails.
   */
  async attempt<T>(action: () => Promise<T>): Promise<T | null> {
    try {
      return await action();
    } catch (error) {
      this.report(asCatalogError(error));
      return null;
    }
  }

  /**
   * Tell the person of an error that no view shows.
   */
  report(error: CatalogError | null): void {
    if (error) {
      Notification.error(error.detail, { autoClose: false });
    }
  }

  /**
   * The record's schema, asked for once.
   */
  schema(): Promise<IRecordSchema> {
    this._schema ??= this.services.client
      .getSchema()
      .then(({ schema }) => schema as unknown as IRecordSchema)
      .catch((error: unknown) => {
        this._schema = null;
        throw error;
      });
    return this._schema;
  }

  /**
   * The terms of a vocabulary, asked for once. The same function always, as the form needs it.
   */
  readonly vocabulary = (list: string): Promise<readonly ITerm[]> => {
    let terms = this._vocabularies.get(list);
    if (!terms) {
      terms = this.services.client
        .getVocabulary(list)
        .then(answer => answer.terms as unknown as ITerm[]);
      this._vocabularies.set(list, terms);
      terms.catch(() => this._vocabularies.delete(list));
    }
    return terms;
  };

  private _showDraft(draft: DraftModel | null): void {
    this.report(this.drafts.openError);
    if (draft) {
      this.navigation.show({ kind: 'draft', id: draft.id });
      this.services.reveal();
    }
  }

  private async _confirmPublish(
    content: IDraftContent,
    actions: readonly string[]
  ): Promise<boolean> {
    const { trans } = this.services;
    const { button } = await showDialog({
      title: content.create_pr
        ? trans.__('Propose it for the Hub?')
        : trans.__('Publish it?'),
      body: createElement(
        'ol',
        null,
        actions.map(action => createElement('li', { key: action }, action))
      ),
      buttons: [
        Dialog.cancelButton({ label: trans.__('Cancel') }),
        Dialog.okButton({ label: trans.__('Publish') })
      ]
    });
    return button.accept;
  }

  /**
   * When a job has ended, what it changed is read anew, and who looks elsewhere is told.
   */
  private _onJobs(): void {
    for (const job of this.jobs.jobs) {
      const wasActive = this._active.delete(job.id);
      if (isActive(job)) {
        this._active.add(job.id);
      } else if (wasActive) {
        this._ended(job);
      }
    }
  }

  private _ended(job: IJob): void {
    const { trans, isVisible } = this.services;
    const { view } = this.navigation;
    void this.catalog.refresh();
    void this.drafts.refresh();
    if (job.error?.code === 'upstream') {
      void this.services.session.refresh();
    }
    if (job.state === 'succeeded' && job.draft_id) {
      this.drafts.close(job.draft_id);
    }
    if (isVisible() && view.kind === 'job' && view.id === job.id) {
      return;
    }
    const options = {
      actions: [
        { label: trans.__('Show'), callback: () => this.showJob(job.id) }
      ]
    };
    if (job.state === 'succeeded') {
      Notification.success(trans.__('%1: done.', job.name), options);
    } else {
      Notification.warning(
        job.error?.detail ?? trans.__('%1: cancelled.', job.name),
        { ...options, autoClose: false }
      );
    }
  }

  private _schema: Promise<IRecordSchema> | null = null;
  private readonly _vocabularies = new Map<string, Promise<readonly ITerm[]>>();
  private readonly _active = new Set<string>();
}
