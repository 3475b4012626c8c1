/**
 * What is loaded when the panel is opened first; until then JupyterLab pays for the entry only.
 */
import '../../style/base.css';

export { CatalogClient } from '../api/client';
export { CatalogSidebar } from './CatalogSidebar';
export type { IKnownDataset } from '../models/knownDataset';
export { EntryEditor } from './DraftTab';
export { keepLastView } from '../actions/lastView';
export { insertLoader, openLoaderNotebook } from '../actions/notebooks';
export { Workbench } from '../models/workbench';
