import type {
  ICitation,
  IDatasetPage,
  IDatasetSummary,
  IDraft,
  IDraftContent,
  IDraftSummary,
  IEntry,
  IFact,
  IHubDataset,
  IJob,
  ILocation,
  IPreview,
  ISession,
  IShare,
  IShareAction,
  IUnfinished,
  IVersion
} from '../../types/api';

/**
 * Answers of the server for tests: complete by the contract, and different where a test says so.
 */
export function sessionAnswer(part: Partial<ISession> = {}): ISession {
  return {
    version: '0.1.0',
    site: {
      name: 'nersc',
      title: 'NERSC',
      practice: false,
      organization: 'NERSC',
      hub_url: 'https://hub.example',
      default_kernel: 'python3',
      catalog_root: '/catalog',
      channels: []
    },
    account: {
      name: 'alice',
      role: 'write',
      may: 'publish',
      sentence: 'alice may publish in NERSC (write).'
    },
    token: { source: 'HF_TOKEN' },
    hub: { url: 'https://hub.example', reachable: true },
    device_sign_in: false,
    executors: [{ name: 'local', resources: {} }],
    login_node: false,
    ...part
  };
}

export function entryAnswer(part: Partial<IEntry> = {}): IEntry {
  return {
    record: { name: 'iris', pretty_name: 'Iris', data_path: '/data/iris' },
    etag: 'a',
    folder: '/catalog/iris',
    files: ['README.md'],
    repo_url: 'https://hub.example/datasets/NERSC/iris',
    notebook: { path: '/catalog/iris/iris_loader.ipynb', link: null },
    access: { status: 'readable' },
    contents: {},
    facts: [
      factAnswer(
        'data_path',
        'Data',
        [
          {
            text: '/data/iris',
            ...(part.contents?.data && { contents_path: part.contents.data })
          }
        ],
        { kind: 'path' }
      ),
      factAnswer('folder', 'Catalog folder', ['/catalog/iris'], {
        kind: 'path'
      })
    ],
    card: '---\nlicense: mit\n---\n# Iris\n',
    card_html: { html: '<p>A card.</p>', is_cut: false },
    loader: { file_name: 'load.py', text: 'print(1)\n' },
    batch_script: null,
    unfinished: false,
    ...part
  };
}

export function factAnswer(
  name: string,
  label: string,
  items: readonly (string | IFact['items'][number])[],
  part: Partial<IFact> = {}
): IFact {
  return {
    name,
    label,
    kind: 'text',
    is_list: false,
    items: items.map(item =>
      typeof item === 'string' ? { text: item } : item
    ),
    ...part
  };
}

export function datasetAnswer(
  part: Partial<IDatasetSummary> = {}
): IDatasetSummary {
  return {
    id: 'iris',
    name: 'iris',
    pretty_name: 'Iris',
    source: 'both',
    size_categories: ['n<1K'],
    tags: ['biology', 'csv'],
    task_categories: [],
    etag: 'a',
    unfinished: false,
    ...part
  };
}

export function pageAnswer(
  datasets: IDatasetSummary[] = [datasetAnswer()],
  part: Partial<IDatasetPage> = {}
): IDatasetPage {
  return {
    datasets,
    total: datasets.length,
    facets: [],
    is_forgiving: false,
    is_cut: false,
    is_refreshing: false,
    unfinished: [],
    catalog: { root: '/catalog', writable: true },
    hub: {},
    ...part
  };
}

export function hubDatasetAnswer(part: Partial<IHubDataset> = {}): IHubDataset {
  return {
    repo_id: 'NERSC/tides',
    repo_url: 'https://hub.example/datasets/NERSC/tides',
    pretty_name: 'Tides',
    card: '---\nlicense: mit\n---\n# Tides\n',
    card_html: { html: '<p>A card.</p>', is_cut: false },
    tags: ['csv'],
    private: false,
    ...part
  };
}

export function versionAnswer(part: Partial<IVersion> = {}): IVersion {
  return {
    revision: '0123456789abcdef',
    title: 'Add iris',
    date: '2026-01-01T00:00:00Z',
    authors: ['alice'],
    url: 'https://hub.example/datasets/NERSC/iris/commit/0123456789abcdef',
    files: [],
    members: [],
    ...part
  };
}

export function citationAnswer(part: Partial<ICitation> = {}): ICitation {
  return {
    format: 'bibtex',
    label: 'BibTeX',
    text: '@misc{iris}',
    file_name: 'iris.bib',
    ...part
  };
}

export function draftAnswer(
  content: Partial<IDraftContent> = {},
  part: Partial<IDraft> = {}
): IDraft {
  return {
    id: '0123',
    etag: '1',
    updated_at: '2026-01-01T00:00:00Z',
    content: {
      title: 'Iris',
      values: { name: 'iris' },
      loader_path: null,
      batch_script_path: null,
      private: false,
      create_pr: false,
      editing: null,
      ...content
    },
    ...part
  };
}

export function previewAnswer(part: Partial<IPreview> = {}): IPreview {
  return {
    record: {},
    card: '# Iris',
    card_html: { html: '<h1>Iris</h1>', is_cut: false },
    notebook: { cells: [] },
    cells_html: [],
    loader: null,
    batch_script: null,
    files: [],
    actions: ['Make the repository'],
    notes: [],
    diff: { members: [], card: '' },
    warnings: [],
    ...part
  };
}

export function shareAnswer(part: Partial<IShare> = {}): IShare {
  return {
    channel: 'torrent',
    title: 'Academic Torrents',
    summary: 'Everybody can get it from everybody.',
    state: 'none',
    keys: [],
    actions: [actionAnswer()],
    ...part
  };
}

export function locationAnswer(part: Partial<ILocation> = {}): ILocation {
  return {
    data_path: '/data/wine',
    contents_path: 'wine',
    is_folder: true,
    portal_link: null,
    access: { status: 'readable' },
    name_proposal: 'wine',
    datasets: [],
    drafts: [],
    ...part
  };
}

export function actionAnswer(part: Partial<IShareAction> = {}): IShareAction {
  return {
    name: 'create',
    title: 'Create a torrent',
    summary: 'Create a torrent of the data.',
    final: false,
    heavy: false,
    missing: [],
    options: [],
    ...part
  };
}

export function draftSummaryAnswer(
  part: Partial<IDraftSummary> = {}
): IDraftSummary {
  return {
    id: 'd1',
    etag: '1',
    updated_at: '2026-01-01T00:00:00Z',
    title: 'Wine',
    ...part
  };
}

export function jobAnswer(part: Partial<IJob> = {}): IJob {
  return {
    id: 'j1',
    kind: 'publish',
    name: 'iris',
    state: 'running',
    steps: [],
    kept: false,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    ...part
  };
}

export function unfinishedAnswer(part: Partial<IUnfinished> = {}): IUnfinished {
  return {
    name: 'iris',
    account: 'alice',
    is_own: true,
    etag: 'e1',
    resume: ['Send the commit'],
    undo: ['Remove the folder'],
    ...part
  };
}
