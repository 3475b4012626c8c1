import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';

import type { View } from '../models/navigation';
import { IPageAddress } from './address';
import { CatalogPanel, ICatalogPanel } from './CatalogPanel';
import type { PageAddress } from './PageAddress';

/**
 * Opens the panel at the dataset in the URL, and keeps the URL up to date with the dataset that the
 * panel shows.
 */
export const datasetLinksPlugin: JupyterFrontEndPlugin<void> = {
  id: 'huggingnersc-lab:links',
  description: 'Opens the catalog at the dataset in the URL.',
  autoStart: true,
  requires: [ICatalogPanel, IPageAddress],
  activate: (
    app: JupyterFrontEnd,
    panel: CatalogPanel,
    address: PageAddress
  ): void => {
    const shown = (): string | null => {
      const view = panel.isVisible && panel.loaded?.navigation.view;
      return view ? datasetOf(view) : null;
    };
    let isFollowing = false;
    const writeAddress = (): void => {
      if (!isFollowing) {
        address.set('dataset', shown());
      }
    };
    const follow = async (id: string): Promise<void> => {
      isFollowing = true;
      try {
        await app.restored;
        const workbench = await panel.load();
        // After a reload it is shown already.
        if (shown() !== id) {
          const { followLink } = await import('../widgets/main');
          await followLink(workbench, id);
        }
      } finally {
        isFollowing = false;
        writeAddress();
      }
    };
    const followAny = ({ dataset }: PageAddress['values']): void => {
      if (dataset) {
        follow(dataset).catch(() => {
          // The panel has notified the user that it cannot be loaded.
        });
      }
    };
    address.opened.connect((_, values) => followAny(values));
    followAny(address.values);

    let isWatched = false;
    panel.stateChanged.connect(() => {
      if (panel.loaded && !isWatched) {
        isWatched = true;
        panel.loaded.navigation.stateChanged.connect(writeAddress);
      }
      writeAddress();
    });
  }
};

/**
 * The id of the dataset that a view shows; null if it shows none.
 */
function datasetOf(view: View): string | null {
  switch (view.kind) {
    case 'entry':
      return view.name;
    case 'hub':
      return view.repo_id;
    case 'browse':
    case 'drafts':
    case 'account':
    case 'draft':
    case 'job':
      return null;
  }
}
