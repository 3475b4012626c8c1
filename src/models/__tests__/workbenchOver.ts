import { nullTranslator } from '@jupyterlab/translation';
import type { Contents, KernelSpec } from '@jupyterlab/services';
import { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';

import {
  draftAnswer,
  entryAnswer,
  jobAnswer,
  pageAnswer,
  sessionAnswer,
  unfinishedAnswer
} from '../../api/__tests__/answers';
import { CatalogClient } from '../../api/client';
import type { IServices } from '../services';
import { CatalogSession } from '../session';
import { Workbench } from '../workbench';

/**
 * The methods of the client that a test may replace.
 */
type Answers = Partial<
  Pick<
    CatalogClient,
    {
      [K in keyof CatalogClient]: CatalogClient[K] extends (
        ...given: never[]
      ) => unknown
        ? K
        : never;
    }[keyof CatalogClient]
  >
>;

const trans = nullTranslator.load('test');

/**
 * A workbench with a server that answers as told, in an application without optional parts.
 */
export function workbenchOver(
  answers: Answers = {},
  part: Partial<IServices> = {}
) {
  const refuse = (): never => {
    throw new Error('No request was expected.');
  };
  const client = Object.create(CatalogClient.prototype) as CatalogClient;
  Object.defineProperty(client, 'jobEventsUrl', { value: '/jobs/events' });
  const defaults: Answers = {
    getSession: async () => sessionAnswer(),
    getEntry: async () => entryAnswer(),
    listRelated: async () => ({ datasets: [] }),
    searchDatasets: async () => pageAnswer(),
    checkAccess: async () => ({ access: {} }),
    suggest: async data_path => ({ data_path, fields: [], skipped: [] }),
    listDrafts: async () => ({ drafts: [] }),
    listJobs: async () => ({ jobs: [] }),
    createDraft: async content => draftAnswer(content),
    getDraft: async id => draftAnswer({}, { id }),
    validateDraft: async () => ({ errors: [], warnings: [] }),
    startJob: async () => jobAnswer(),
    getUnfinished: async name => unfinishedAnswer({ name })
  };
  Object.assign(client, { _get: refuse, _send: refuse }, defaults, answers);
  const kernelspecs = {
    specs: null,
    specsChanged: new Signal({} as KernelSpec.IManager)
  } as unknown as KernelSpec.IManager;
  const services: IServices = {
    client,
    session: new CatalogSession(client, '0.1.0', trans),
    commands: new CommandRegistry(),
    contents: {
      localPath: (path: string) => path.replace(/^\w+:/, '')
    } as Contents.IManager,
    kernelspecs,
    settings: null,
    translator: nullTranslator,
    trans,
    editors: null,
    docManager: null,
    fileBrowser: null,
    notebooks: null,
    reveal: jest.fn(),
    isVisible: () => true,
    openTab: null,
    ...part
  };
  return { workbench: new Workbench(services), services };
}
