import { type Notebook, NotebookModel } from '@jupyterlab/notebook';
import { NBTestUtils } from '@jupyterlab/notebook/lib/testutils';

import { entryAnswer } from '../../../api/__tests__/answers';
import { loaderCell, putCell } from '../notebooks';

const iris = { name: 'iris', etag: '1' };
const sky = { name: 'sky', etag: '1' };

/**
 * A notebook of JupyterLab's own with these cells, of which the first is the active one.
 */
function notebookOf(...sources: string[]): Notebook {
  const notebook = NBTestUtils.createNotebook();
  const model = new NotebookModel();
  model.fromJSON({
    cells: sources.map(source => ({
      cell_type: 'code',
      source,
      metadata: {},
      outputs: [],
      execution_count: null
    })),
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5
  });
  notebook.model = model;
  notebook.activeCellIndex = 0;
  return notebook;
}

function sourcesOf({ model }: Notebook): string[] {
  return model?.sharedModel.cells.map(({ source }) => source) ?? [];
}

describe('putCell', () => {
  it('inserts below the active cell', () => {
    const notebook = notebookOf('a', 'b');
    expect(putCell(notebook, iris, 'load')).toBe('inserted');
    expect(sourcesOf(notebook)).toEqual(['a', 'load', 'b']);
    expect(notebook.activeCellIndex).toBe(1);
  });

  it('takes the place of an active cell that is blank', () => {
    const notebook = notebookOf('', 'b');
    putCell(notebook, iris, 'load');
    expect(sourcesOf(notebook)).toEqual(['load', 'b']);
  });

  it('updates the loader that is there already, in any cell', () => {
    const notebook = notebookOf('a', 'b');
    putCell(notebook, iris, 'load');
    notebook.activeCellIndex = 2;
    const again = putCell(notebook, { ...iris, etag: '2' }, 'load better');
    expect(again).toBe('updated');
    expect(sourcesOf(notebook)).toEqual(['a', 'load better', 'b']);
    expect(
      notebook.model?.sharedModel.getCell(1).getMetadata('huggingnersc')
    ).toEqual({ name: 'iris', etag: '2' });
    expect(notebook.activeCellIndex).toBe(1);
  });

  it('changes nothing when it is repeated', () => {
    const notebook = notebookOf('a');
    putCell(notebook, iris, 'load');
    const before = notebook.model?.toJSON();
    putCell(notebook, iris, 'load');
    expect(notebook.model?.toJSON()).toEqual(before);
  });

  it('keeps the loaders of two datasets apart', () => {
    const notebook = notebookOf('a');
    putCell(notebook, iris, 'load iris');
    expect(putCell(notebook, sky, 'load sky')).toBe('inserted');
    expect(sourcesOf(notebook)).toEqual(['a', 'load iris', 'load sky']);
  });

  it('is undone in one step', () => {
    const notebook = notebookOf('', 'b');
    notebook.model?.sharedModel.clearUndoHistory();
    putCell(notebook, iris, 'load');
    notebook.model?.sharedModel.undo();
    expect(sourcesOf(notebook)).toEqual(['', 'b']);
  });

  it('leaves a read-only notebook as it is', () => {
    const notebook = notebookOf('a');
    if (notebook.model) {
      notebook.model.readOnly = true;
    }
    expect(putCell(notebook, iris, 'load')).toBe('read-only');
    expect(sourcesOf(notebook)).toEqual(['a']);
  });
});

describe('loaderCell', () => {
  it('says in Python where the data is, whatever its path has in it', () => {
    const record = { name: 'iris', data_path: '/data/"odd"\\iris' };
    expect(loaderCell(entryAnswer({ record }))).toBe(
      'import os\n\nos.environ["DATA_PATH"] = "/data/\\"odd\\"\\\\iris"\n\nprint(1)\n'
    );
  });

  it('is the script alone in other languages', () => {
    const loader = { file_name: 'load.R', text: 'print(1)\n' };
    expect(loaderCell(entryAnswer({ loader }))).toBe('print(1)\n');
  });
});
