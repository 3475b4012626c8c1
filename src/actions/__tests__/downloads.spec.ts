import { workbenchOver } from '../../models/__tests__/workbenchOver';
import { exportDraft, saveFile, saveJson } from '../downloads';

interface IDownload {
  name: string;
  blob: Blob;
}

const downloads: IDownload[] = [];

beforeEach(() => {
  downloads.length = 0;
  let blob: Blob;
  // jsdom has neither.
  URL.createObjectURL = jest.fn(object => {
    blob = object as Blob;
    return 'blob:1';
  });
  URL.revokeObjectURL = jest.fn();
  jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement
  ) {
    downloads.push({ name: this.download, blob });
  });
});

afterEach(() => jest.restoreAllMocks());

/**
 * jsdom's blobs have no `text`.
 */
const textOf = (blob: Blob): Promise<string> =>
  new Promise(resolve => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.readAsText(blob);
  });

describe('saveFile', () => {
  it('downloads a text, and frees it', async () => {
    saveFile('iris.bib', '@misc{iris}', 'text/plain');
    const [{ name, blob } = {} as IDownload] = downloads;
    expect(name).toBe('iris.bib');
    expect(blob.type).toBe('text/plain');
    expect(await textOf(blob)).toBe('@misc{iris}');
    expect(URL.revokeObjectURL).toHaveBeenCalledWith('blob:1');
  });
});

describe('saveJson', () => {
  it('downloads readable JSON', async () => {
    saveJson('iris.json', { name: 'iris' });
    expect(await textOf(downloads[0]!.blob)).toBe('{\n  "name": "iris"\n}\n');
  });
});

describe('exportDraft', () => {
  it('names the file after the draft', async () => {
    const { services } = workbenchOver({
      exportDraft: async id => ({ id })
    });
    await exportDraft(services.client, 'd1', 'Tides & waves/2026');
    expect(downloads[0]?.name).toBe('Tides_waves_2026.json');
  });
});
