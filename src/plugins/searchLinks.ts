import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { Debouncer } from '@lumino/polling';

import type { Workbench } from '../models/workbench';
import { IPageAddress } from './address';
import { CatalogPanel, ICatalogPanel } from './CatalogPanel';
import type { PageAddress } from './PageAddress';

/**
 * Opens the panel with the search in the URL, and keeps the URL up to date with the search.
 */
export const searchLinksPlugin: JupyterFrontEndPlugin<void> = {
  id: 'huggingnersc-lab:searches',
  description: 'Opens the catalog with the search in the URL.',
  autoStart: true,
  requires: [ICatalogPanel, IPageAddress],
  activate: (
    app: JupyterFrontEnd,
    panel: CatalogPanel,
    address: PageAddress
  ): void => {
    // The search in the URL that the panel has not taken over yet.
    let pending: string | null = address.values.datasets ?? null;
    const write = (): void => {
      if (pending === null) {
        address.set('datasets', searchIn(panel));
      }
    };
    // Browsers refuse many changes of the URL in a short time.
    const debouncedWrite = new Debouncer(write, PAUSE);
    const take = (): void => {
      const { loaded } = panel;
      if (loaded && pending !== null) {
        loaded.search.query = pending;
        pending = null;
      }
    };
    const follow = async (): Promise<void> => {
      // Read it now: the panel will write the URL of the view that it restores.
      const isForList = address.values.dataset === undefined;
      await app.restored;
      const workbench = await panel.load();
      take();
      if (isForList) {
        workbench.navigation.show({ kind: 'browse' });
        if (!panel.isVisible) {
          workbench.services.reveal();
        }
      }
    };
    const followAny = (): void => {
      if (pending !== null) {
        follow().catch(() => {
          // The panel has notified the user that it cannot be loaded.
        });
      }
    };
    address.opened.connect((_, { datasets }) => {
      pending = datasets ?? '';
      followAny();
    });
    followAny();

    let watched: Workbench | null = null;
    panel.stateChanged.connect(() => {
      // Before the panel requests its first list.
      take();
      if (panel.loaded && watched !== panel.loaded) {
        watched = panel.loaded;
        watched.search.stateChanged.connect(() => void debouncedWrite.invoke());
        watched.navigation.stateChanged.connect(write);
      }
      write();
    });
  }
};

/**
 * Milliseconds without typing before the URL is written.
 */
const PAUSE = 300;

/**
 * The panel's search; null if it is empty or no datasets are shown.
 */
function searchIn({ isVisible, loaded }: CatalogPanel): string | null {
  return isVisible && loaded?.navigation.isOfDatasets
    ? loaded.search.query || null
    : null;
}
