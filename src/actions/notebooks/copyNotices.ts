import { Notification } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { Contents } from '@jupyterlab/services';
import type { IStateDB } from '@jupyterlab/statedb';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

import type { CatalogClient } from '../../api/client';
import { asCatalogError } from '../../types/errors';
import { currentCopy } from './loaderCopies';
import { openNotebook } from './openNotebook';

/**
 * What the notices need of JupyterLab and of the server.
 */
export interface ICopyServices {
  client: Pick<CatalogClient, 'getEntry' | 'copyNotebook'>;
  contents: Pick<Contents.IManager, 'get' | 'localPath'>;
  commands: CommandRegistry;
  /**
   * Where dismissed notices are remembered; null if this application keeps no state.
   */
  state: IStateDB | null;
  trans: TranslationBundle;
}

/**
 * Notifies the user when the original of a copied loader notebook has changed, once for each change.
 * If it cannot find out, it stays silent.
 */
export class CopyNotices {
  constructor(private readonly _services: ICopyServices) {}

  /**
   * Check whether the original of a notebook has changed.
   *
   * @param path - The copy's path in JupyterLab.
   * @param origin - The original's name and digest, from the copy's metadata.
   */
  async check(path: string, origin: unknown): Promise<void> {
    const { name, digest } = Object(origin) as Record<string, unknown>;
    if (typeof name !== 'string' || typeof digest !== 'string') {
      return;
    }
    const newest = await this._digestOf(name);
    if (newest === null || newest === digest) {
      return;
    }
    const dismissed = await this._dismissed();
    const notice = `${path}\n${newest}`;
    // Checked last, since another check may have shown it in the meantime.
    if (dismissed[name] !== newest && !this._shown.has(notice)) {
      this._shown.add(notice);
      this._show(path, name, newest);
    }
  }

  private _show(path: string, name: string, newest: string): void {
    const { trans } = this._services;
    Notification.info(
      trans.__(
        'The loader notebook of "%1" has changed since you copied it to %2. Your copy stays as it is.',
        name,
        PathExt.basename(path)
      ),
      {
        autoClose: false,
        actions: [
          {
            label: trans.__('Open the new version'),
            displayType: 'accent',
            callback: () => void this._openNewer(path, name)
          },
          {
            label: trans.__("Don't show again"),
            caption: trans.__(
              'Hide this notice until the original changes again'
            ),
            callback: () => void this._dismiss(name, newest)
          }
        ]
      }
    );
  }

  /**
   * Copy the new version next to the old copy, which is left alone; or open the copy that is there.
   */
  private async _openNewer(path: string, name: string): Promise<void> {
    const { client, commands, contents } = this._services;
    try {
      const folder = PathExt.dirname(contents.localPath(path));
      const entry = await client.getEntry(name);
      const current = await currentCopy(contents, entry, folder);
      const newer = current ?? (await client.copyNotebook(name, folder)).path;
      await openNotebook({ commands }, newer, current === null);
    } catch (reason) {
      Notification.error(asCatalogError(reason).detail, { autoClose: false });
    }
  }

  /**
   * The present digest of an original; null if it is not known. Opening a notebook also activates
   * it, so two checks may share one request.
   */
  private _digestOf(name: string): Promise<string | null> {
    const pending = this._requests.get(name);
    if (pending) {
      return pending;
    }
    const answer = this._services.client
      .getEntry(name)
      .then(
        ({ notebook }) => notebook?.digest ?? null,
        () => null
      )
      .finally(() => this._requests.delete(name));
    this._requests.set(name, answer);
    return answer;
  }

  /**
   * The digests of the originals whose notices were dismissed, by dataset.
   */
  private async _dismissed(): Promise<Record<string, unknown>> {
    return Object(await this._services.state?.fetch(DISMISSED_KEY));
  }

  private async _dismiss(name: string, digest: string): Promise<void> {
    const dismissed = { ...(await this._dismissed()), [name]: digest };
    await this._services.state?.save(
      DISMISSED_KEY,
      dismissed as Record<string, string>
    );
  }

  private readonly _requests = new Map<string, Promise<string | null>>();
  private readonly _shown = new Set<string>();
}

const DISMISSED_KEY = 'huggingnersc-lab:unwanted-notices';
