import { Notification } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';

import type { IJob, IJobOrder, ILocation } from '../types/api';
import { asCatalogError, type CatalogError } from '../types/errors';
import { AccessModel } from './access';
import { withLocation, withScript } from './draftContent';
import { DetailsModel } from './details';
import type { DraftModel } from './draft';
import { DraftsModel } from './drafts';
import { JobsModel } from './jobs';
import { NavigationModel, type View } from './navigation';
import { SearchModel } from './search';
import { EVERYTHING, readSearch, writeSearch } from './searchQuery';
import type { ScriptMember } from './scripts';
import { type IPanelSettings, readSettings } from './settings';
import { confirmDelete, confirmPublish, confirmRetire } from '../actions/dialogs';
import { followJobs } from '../actions/jobNotices';
import { type IKnownDataset, knownDataset } from './knownDataset';
import { Reference } from './referenceData';
import type { IServices } from './services';
import { orderForUnfinished } from '../actions/unfinished';

/**
 * The panel's models and what a person can do with them, wherever it is done from.
 */
export class Workbench {
  constructor(readonly services: IServices) {
    const { client } = services;
    this.search = new SearchModel(client, services.isVisible);
    this.access = new AccessModel(client);
    this.details = new DetailsModel(client);
    this.drafts = new DraftsModel(client);
    this.jobs = new JobsModel(client);
    this.navigation = new NavigationModel();
    this.reference = new Reference(client);
    followJobs(this);
    if (this.settings.startView === 'drafts') {
      this.navigation.show({ kind: 'drafts' });
    }
  }

  readonly search: SearchModel;
  readonly access: AccessModel;
  readonly details: DetailsModel;
  readonly drafts: DraftsModel;
  readonly jobs: JobsModel;
  readonly navigation: NavigationModel;
  readonly reference: Reference;

  /**
   * The draft of the tab that was used last.
   */
  tabDraft: DraftModel | null = null;

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
    if (askHub || session.state !== 'ready') {
      await session.refresh();
    }
    if (!session.info) {
      return;
    }
    const { account, hub, token } = session.info ?? {};
    if (hub?.reachable === false || (token && !account)) {
      // The Hub did not say who one is: it may answer by now.
      void session.refresh();
    }
    await Promise.all([
      this.search.refresh(),
      this.jobs.refresh(),
      this.drafts.refresh(),
      this._readShown(askHub)
    ]);
  }

  /**
   * What is known of a dataset without asking anybody.
   *
   * @param id - Its nickname, or its `repo_id`.
   */
  find(id: string): IKnownDataset | null {
    return knownDataset(this, id);
  }

  /**
   * Show what was shown before the page was reloaded.
   */
  async restore(view: View): Promise<void> {
    if (view.kind === 'draft' && !(await this.drafts.open(view.id))) {
      return;
    }
    if (view.kind !== 'browse') {
      this.navigation.show(view);
      void this._readShown();
    }
  }

  /**
   * Show a dataset, in the catalog or only on the Hub.
   *
   * @param id - Its nickname, or its `repo_id`, which has a `/`.
   */
  showDataset(id: string): void {
    this.navigation.show(
      id.includes('/')
        ? { kind: 'hub', repo_id: id }
        : { kind: 'entry', name: id }
    );
    void this._readShown();
    this.services.reveal();
  }

  /**
   * Go back to what was shown before.
   */
  back(): void {
    this.navigation.back();
    void this._readShown();
  }

  /**
   * Show the dataset that a link names. One that the link knows by its repository may be in the
   * catalog by now.
   */
  async followLink(id: string): Promise<void> {
    const name = id.slice(id.indexOf('/') + 1);
    if (name !== id) {
      const { entry } = this.details.entry(name);
      await entry.ask();
      if (entry.value?.record['repo_id'] === id) {
        this.showDataset(name);
        return;
      }
    }
    this.showDataset(id);
  }

  /**
   * What the list is searched for, as the query of `GET /datasets`; empty for everything.
   */
  get searchText(): string {
    return writeSearch(this.search.search);
  }

  /**
   * Search for what a link names in that form.
   */
  followSearch(text: string): void {
    this.search.change(readSearch(text));
  }

  /**
   * Show the list, of what has these words.
   */
  searchFor(words: string): void {
    this.search.change({ ...EVERYTHING, q: words });
    this.navigation.show({ kind: 'browse' });
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
    if (contentsPath === undefined) {
      this._showDraft(await this.drafts.create({}));
      return;
    }
    const found = await this._locate(contentsPath);
    if (found) {
      const title = found.name_proposal ?? PathExt.basename(found.data_path);
      const values = withLocation({}, found);
      this._showDraft(await this.drafts.create({ title, values }));
    }
  }

  /**
   * Take another folder or file as the data of a draft.
   */
  async useData(draft: DraftModel, contentsPath: string): Promise<void> {
    const found = await this._locate(contentsPath);
    if (found) {
      draft.change({ values: withLocation(draft.content.values, found) });
    }
  }

  async edit(name: string): Promise<void> {
    this._showDraft(await this.drafts.edit(name));
  }

  /**
   * Begin to bring a repository of the Hub's into the catalog.
   */
  async adopt(repoId: string): Promise<void> {
    const name = repoId.slice(repoId.indexOf('/') + 1);
    this._showDraft(await this.drafts.adopt(name));
  }

  async openDraft(id: string): Promise<void> {
    this._showDraft(await this.drafts.open(id));
  }

  /**
   * Take a script for the draft in the sidebar, else for the one in the tab that was used last, or
   * for a new one.
   */
  async useScript(member: ScriptMember, path: string): Promise<void> {
    const { view } = this.navigation;
    const inSidebar = view.kind === 'draft' ? this.drafts.find(view.id) : null;
    const draft = inSidebar ?? this.tabDraft;
    if (!draft) {
      const content = withScript({ editing: null, values: {} }, member, path);
      this._showDraft(await this.drafts.create(content));
      return;
    }
    draft.change(withScript(draft.content, member, path));
    if (inSidebar) {
      this.services.reveal();
    } else {
      this.services.openTab?.(draft.id);
    }
  }

  async removeDraft(id: string, title: string): Promise<void> {
    if (await confirmDelete(title, this.services.trans)) {
      await this.drafts.remove(id);
      this.navigation.forget({ kind: 'draft', id });
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
      !(await confirmPublish(
        content,
        preview?.actions ?? [],
        this.services.trans
      ))
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
    if (error?.code === 'conflict') {
      // The form then offers what can be done.
      void draft.validate();
    }
    return job;
  }

  /**
   * Begin a job.
   *
   * @returns Null where it could not be begun, which the person is told.
   */
  async order(order: IJobOrder): Promise<IJob | null> {
    const job = await this.jobs.start(order);
    this.report(this.jobs.startError);
    return job;
  }

  /**
   * Begin a job and go to it.
   */
  async begin(order: IJobOrder): Promise<void> {
    this._follow(await this.order(order));
  }

  /**
   * {@link settle}, and go to the job.
   */
  async beginToSettle(kind: 'resume' | 'undo', name: string): Promise<void> {
    this._follow(await this.settle(kind, name));
  }

  private _follow(job: IJob | null): void {
    if (job) {
      this.showJob(job.id);
    }
  }

  /**
   * Finish or undo a publication that was stopped, once the person has seen what that does.
   *
   * @returns The job; null where none was begun.
   */
  async settle(kind: 'resume' | 'undo', name: string): Promise<IJob | null> {
    const order = await orderForUnfinished(this, kind, name);
    return order && this.order(order);
  }

  async retire(name: string): Promise<void> {
    const answer = this.settings.confirmRetire
      ? await confirmRetire(name, this.find(name), this.services.trans)
      : { from_hub: false };
    if (answer) {
      await this.begin({ kind: 'retire', name, ...answer });
    }
  }

  /**
   * Let a draft replace what others changed in its entry since it was begun.
   */
  async overwrite(draft: DraftModel): Promise<void> {
    const { editing } = draft.content;
    const entry =
      editing !== null &&
      (await this.attempt(() => this.services.client.getEntry(editing)));
    if (entry) {
      draft.change({ editing_etag: entry.etag });
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
   * Read the dataset that is shown.
   */
  private async _readShown(isThorough = false): Promise<void> {
    const { view } = this.navigation;
    if (view.kind === 'entry') {
      await this.details.entry(view.name).refresh(isThorough);
    } else if (view.kind === 'hub') {
      await this.details.hub(view.repo_id).dataset.ask();
    }
  }

  private _showDraft(draft: DraftModel | null): void {
    this.report(this.drafts.openError);
    if (draft) {
      this.navigation.show({ kind: 'draft', id: draft.id });
      this.services.reveal();
    }
  }

  private _locate(contents_path: string): Promise<ILocation | null> {
    return this.attempt(() => this.services.client.locate({ contents_path }));
  }
}
