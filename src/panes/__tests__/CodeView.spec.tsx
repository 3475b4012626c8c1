import type { CodeEditor, IEditorServices } from '@jupyterlab/codeeditor';
import { render } from '@testing-library/react';
import React from 'react';

import { CodeView } from '../CodeView';

/**
 * JupyterLab's editors, as far as the view uses them.
 */
function editorServices() {
  const dispose = jest.fn();
  const shown: CodeEditor.IOptions[] = [];
  const editors = {
    mimeTypeService: {
      getMimeTypeByLanguage: ({ name }: { name: string }) => `language/${name}`,
      getMimeTypeByFilePath: (path: string) => `file/${path}`
    },
    factoryService: {
      newInlineEditor: (options: CodeEditor.IOptions) => {
        shown.push(options);
        const content = document.createElement('div');
        content.className = 'cm-content';
        options.host.append(content);
        return { dispose };
      }
    }
  } as unknown as IEditorServices;
  return { dispose, editors, shown };
}

describe('CodeView', () => {
  it('shows the text in an editor that cannot be typed in', () => {
    const { dispose, editors, shown } = editorServices();
    const { container, unmount } = render(
      <CodeView
        text="print(1)"
        fileName="load.py"
        editors={editors}
        label="Loader"
      />
    );
    const [options] = shown;
    expect(options?.model.sharedModel.getSource()).toBe('print(1)');
    expect(options?.model.mimeType).toBe('file/load.py');
    expect(options?.config?.readOnly).toBe(true);
    expect(
      container.querySelector('.cm-content')?.getAttribute('aria-label')
    ).toBe('Loader');
    unmount();
    expect(dispose).toHaveBeenCalledTimes(1);
  });

  it('is highlighted in the language that it is told', () => {
    const { editors, shown } = editorServices();
    render(
      <CodeView text="ls" language="bash" editors={editors} label="Script" />
    );
    expect(shown[0]?.model.mimeType).toBe('language/bash');
  });

  it('shows plain text where the application has no editors', () => {
    const { container } = render(
      <CodeView text="<b>1</b>" editors={null} label="Loader" />
    );
    expect(container.querySelector('pre')?.textContent).toBe('<b>1</b>');
  });
});
