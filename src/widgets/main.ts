/**
 * What is loaded when the panel is opened first; until then JupyterLab pays for the entry only.
 */
import '../../style/base.css';

export { CatalogClient } from '../api/client';
export { CatalogSidebar } from './CatalogSidebar';
export type { IKnownDataset } from './known';
export { EntryEditor } from './EntryEditor';
export { keepLastView } from './lastView';
export { insertLoader, openLoaderNotebook } from './notebooks';
export { Workbench } from './workbench';
