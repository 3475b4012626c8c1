import { CodeEditor, type IEditorServices } from '@jupyterlab/codeeditor';
import React, { useEffect, useRef } from 'react';

import { RawText } from '../components/common/untrusted/RawText';

/**
 * Code in JupyterLab's own editor, read-only.
 */
export function CodeView(props: {
  text: string;
  /**
   * A name or an alias that CodeMirror's registry knows, or else a file's name.
   */
  language?: string;
  fileName?: string;
  editors: IEditorServices | null;
  label: string;
}): JSX.Element {
  const { text, language, fileName, editors, label } = props;
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const node = host.current;
    if (!editors || !node) {
      return;
    }
    const { mimeTypeService, factoryService } = editors;
    const model = new CodeEditor.Model({
      mimeType: language
        ? mimeTypeService.getMimeTypeByLanguage({ name: language })
        : mimeTypeService.getMimeTypeByFilePath(fileName ?? '')
    });
    model.sharedModel.setSource(text);
    const editor = factoryService.newInlineEditor({
      host: node,
      model,
      config: { readOnly: true, lineNumbers: false, lineWrap: false }
    });
    node.querySelector('.cm-content')?.setAttribute('aria-label', label);
    return () => {
      editor.dispose();
      model.dispose();
    };
  }, [text, language, fileName, editors, label]);
  return editors ? (
    <div className="hnl-Code-view" ref={host} />
  ) : (
    <RawText text={text} />
  );
}
