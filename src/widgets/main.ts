/**
 * Everything that only the open panel needs. It is loaded when the panel is first opened, so that
 * JupyterLab's start does not pay for it.
 */
import '../../style/base.css';

export { CatalogClient } from '../api/client';
export { retireDataset } from '../actions/retirement';
export {
  adoptDataset,
  createDraft,
  editDataset,
  setScript
} from '../actions/drafts';
export {
  insertLoader,
  openLoaderNotebook
} from '../actions/notebooks/notebooks';
export { refresh } from '../actions/refresh';
export { startWorkbench } from '../actions/start';
export { followLink, showDataset, showDrafts } from '../actions/views';
export { CatalogSidebar } from './CatalogSidebar';
export { DraftTab } from './DraftTab';
