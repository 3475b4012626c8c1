import type { IRetired } from '../types/retired';
import type { IPanelSettings } from '../types/settings';
import { AccessModel } from './access';
import { DatasetLookup } from './datasetLookup';
import { DetailsModel } from './details';
import type { DraftModel } from './drafts/draft';
import { DraftsModel } from './drafts/drafts';
import { JobsModel } from './jobs';
import { KeysModel } from './keys';
import { NavigationModel } from './navigation';
import { ReferenceData } from './referenceData';
import { SearchModel } from './search/search';
import type { IServices } from './services';
import { readSettings } from './settings';

/**
 * The panel's models and the services of JupyterLab that the panel uses. What a user can do with
 * them is in `actions/`.
 */
export class Workbench {
  constructor(readonly services: IServices) {
    const { client } = services;
    this.search = new SearchModel(client, services.isVisible);
    this.access = new AccessModel(client);
    this.details = new DetailsModel(client);
    this.datasets = new DatasetLookup(this.search, this.details);
    this.drafts = new DraftsModel(client);
    this.jobs = new JobsModel(client);
    this.keys = new KeysModel(client);
    this.navigation = new NavigationModel();
    this.reference = new ReferenceData(client);
  }

  readonly search: SearchModel;
  readonly access: AccessModel;
  readonly details: DetailsModel;
  readonly datasets: DatasetLookup;
  readonly drafts: DraftsModel;
  readonly jobs: JobsModel;
  readonly keys: KeysModel;
  readonly navigation: NavigationModel;
  readonly reference: ReferenceData;

  /**
   * The draft in the tab that was used last.
   */
  tabDraft: DraftModel | null = null;

  /**
   * The datasets that were retired since the page was loaded, by the job that did it.
   */
  readonly retired = new Map<string, IRetired>();

  get settings(): IPanelSettings {
    return readSettings(this.services.settings);
  }
}
