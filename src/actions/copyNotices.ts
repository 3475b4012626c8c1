import { Notification } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { Contents } from '@jupyterlab/services';
import type { IStateDB } from '@jupyterlab/statedb';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

import type { CatalogClient } from '../api/client';
import { asCatalogError } from '../types/errors';

/**
 * What notices of changed originals stand on.
 */
export interface ICopyServices {
  client: Pick<CatalogClient, 'getEntry' | 'copyNotebook'>;
  contents: Pick<Contents.IManager, 'localPath'>;
  commands: CommandRegistry;
  /**
   * Where to remember what nobody wants to be told again; null where nothing can be.
   */
  state: IStateDB | null;
  trans: TranslationBundle;
}

/**
 * Tells of copies of loader notebooks whose original has changed, each once. What keeps it from
 * finding that out is no news: it stays silent then.
 */
export class CopyNotices {
  constructor(private readonly _services: ICopyServices) {}

  /**
   * Look whether the original of a notebook has changed.
   *
   * @param path - The copy, as JupyterLab names it.
   * @param mark - What it remembers of its original.
   */
  async look(path: string, mark: unknown): Promise<void> {
    const { name, digest } = Object(mark) as Record<string, unknown>;
    if (typeof name !== 'string' || typeof digest !== 'string') {
      return;
    }
    const newest = await this._digestOf(name);
    if (newest === null || newest === digest) {
      return;
    }
    const unwanted = await this._unwanted();
    const notice = `${path}\n${newest}`;
    // Asked last, since another look may have told meanwhile.
    if (unwanted[name] !== newest && !this._told.has(notice)) {
      this._told.add(notice);
      this._tell(path, name, newest);
    }
  }

  private _tell(path: string, name: string, newest: string): void {
    const { trans } = this._services;
    Notification.info(
      trans.__(
        'The loader notebook of "%1" has changed since %2 was copied from it. Your copy stays as it is.',
        name,
        PathExt.basename(path)
      ),
      {
        autoClose: false,
        actions: [
          {
            label: trans.__('Open the newer one'),
            displayType: 'accent',
            callback: () => void this._openNewer(path, name)
          },
          {
            label: trans.__("Don't tell again"),
            caption: trans.__('Be silent until it changes once more'),
            callback: () => void this._remember(name, newest)
          }
        ]
      }
    );
  }

  /**
   * Put a copy of the newer one beside the older, which is not touched.
   */
  private async _openNewer(path: string, name: string): Promise<void> {
    const { client, commands, contents } = this._services;
    try {
      const folder = PathExt.dirname(contents.localPath(path));
      const copy = await client.copyNotebook(name, folder);
      await commands.execute('docmanager:open', { path: copy.path });
    } catch (reason) {
      Notification.error(asCatalogError(reason).detail, { autoClose: false });
    }
  }

  /**
   * The digest of an original as it is now; null where that is not known. What is opened is also
   * shown: one question answers both.
   */
  private _digestOf(name: string): Promise<string | null> {
    const asked = this._asked.get(name);
    if (asked) {
      return asked;
    }
    const answer = this._services.client
      .getEntry(name)
      .then(
        ({ notebook }) => notebook?.digest ?? null,
        () => null
      )
      .finally(() => this._asked.delete(name));
    this._asked.set(name, answer);
    return answer;
  }

  /**
   * The digest of each dataset that nobody wants to be told of.
   */
  private async _unwanted(): Promise<Record<string, unknown>> {
    return Object(await this._services.state?.fetch(UNWANTED_KEY));
  }

  private async _remember(name: string, digest: string): Promise<void> {
    const unwanted = { ...(await this._unwanted()), [name]: digest };
    await this._services.state?.save(
      UNWANTED_KEY,
      unwanted as Record<string, string>
    );
  }

  private readonly _asked = new Map<string, Promise<string | null>>();
  private readonly _told = new Set<string>();
}

const UNWANTED_KEY = 'huggingnersc-lab:unwanted-notices';
