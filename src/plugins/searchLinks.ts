import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { Debouncer } from '@lumino/polling';

import type { Workbench } from '../widgets/main';
import { IPageAddress } from './address';
import { CatalogPanel, ICatalogPanel } from './CatalogPanel';
import type { PageAddress } from './PageAddress';

/**
 * Opens the panel with the search that the address names, and lets the address name what the panel
 * searches for.
 */
export const searchesPlugin: JupyterFrontEndPlugin<void> = {
  id: 'huggingnersc-lab:searches',
  description: 'Opens the catalog with the search that the address names.',
  autoStart: true,
  requires: [ICatalogPanel, IPageAddress],
  activate: (
    app: JupyterFrontEnd,
    panel: CatalogPanel,
    address: PageAddress
  ): void => {
    // What the address names and the panel does not search for yet.
    let followed: string | null = address.values.datasets ?? null;
    const write = (): void => {
      if (followed === null) {
        address.set('datasets', searchIn(panel));
      }
    };
    // Browsers refuse many changes of the address in a short time.
    const writing = new Debouncer(write, PAUSE);
    const take = (): void => {
      const { loaded } = panel;
      if (loaded && followed !== null) {
        loaded.followSearch(followed);
        followed = null;
      }
    };
    const follow = async (): Promise<void> => {
      // Not what the panel writes there meanwhile, of the view that it was left with.
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
      if (followed !== null) {
        follow().catch(() => {
          // The panel has said that it cannot be loaded.
        });
      }
    };
    address.opened.connect((_, { datasets }) => {
      followed = datasets ?? '';
      followAny();
    });
    followAny();

    let watched: Workbench | null = null;
    panel.stateChanged.connect(() => {
      // Before the panel asks for its first list.
      take();
      if (panel.loaded && watched !== panel.loaded) {
        watched = panel.loaded;
        watched.search.stateChanged.connect(() => void writing.invoke());
        watched.navigation.stateChanged.connect(write);
      }
      write();
    });
  }
};

/**
 * Milliseconds after which the address follows what is typed.
 */
const PAUSE = 300;

/**
 * What the panel searches for; null where that is everything, or the list is out of sight.
 */
function searchIn({ isVisible, loaded }: CatalogPanel): string | null {
  return isVisible && loaded?.navigation.isOfDatasets
    ? loaded.searchText || null
    : null;
}
