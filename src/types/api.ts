import type {
  PartialJSONObject,
  ReadonlyPartialJSONObject
} from '@lumino/coreutils';

import type { components, operations } from '../api/schema';

/**
 * The types of the REST interface under the names that the front end uses. They are generated from
 * `rest/openapi.yaml`.
 */
type Schemas = components['schemas'];

export type ISession = Schemas['Session'];
export type IDeviceSignIn = Schemas['DeviceSignIn'];
export type IDeviceState = Schemas['DeviceState'];

export type ISafeHtml = Schemas['SafeHtml'];
export type IAccess = Schemas['Access'];
export type IFact = Schemas['Fact'];
export type IHubDataset = Schemas['HubDataset'];
export type IDatasetSummary = Schemas['DatasetSummary'];
export type IDatasetPage = Schemas['DatasetPage'];
export type IFacetCounts = Schemas['FacetCounts'];
export type IFacetValues = Schemas['FacetValues'];
export type FacetName = Schemas['FacetName'];
export type ISpan = Schemas['Span'];
export type IFreshness = Schemas['Freshness'];
export type IVersion = Schemas['Version'];
export type ICitation = Schemas['Citation'];
export type IShare = Schemas['Share'];
export type IShareAction = Schemas['ShareAction'];
export type IServiceKey = Schemas['ServiceKey'];
export type ILocation = Schemas['Location'];
export type ISuggestions = Schemas['Suggestions'];
export type ISuggestedValue = Schemas['SuggestedValue'];

/**
 * Records, notebooks and draft values come from people and other programs, so they are typed as
 * plain JSON.
 */
export type IEntry = Omit<Schemas['Entry'], 'record'> & {
  record: PartialJSONObject;
};
export type IPreview = Omit<Schemas['Preview'], 'record' | 'notebook'> & {
  record: PartialJSONObject;
  notebook: PartialJSONObject;
};
export type IDraftContent = Omit<Schemas['DraftContent'], 'values'> & {
  values: ReadonlyPartialJSONObject;
};
export type IDraft = Omit<Schemas['Draft'], 'content'> & {
  content: IDraftContent;
};

export type IDraftSummary = Schemas['DraftSummary'];
export type IFindings = Schemas['Findings'];

export type IScriptFile =
  operations['readScript']['responses'][200]['content']['application/json'];

export type IJob = Schemas['Job'];
export type IForgottenJob = Schemas['ForgottenJob'];
export type IJobLog = Schemas['JobLog'];
export type IJobStep = Schemas['JobStep'];
export type IJobOrder = Schemas['JobOrder'];
export type IUnfinished = Schemas['Unfinished'];
