import { CodeEditor, type IEditorServices } from '@jupyterlab/codeeditor';
import type { IRenderMime, IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { Widget } from '@lumino/widgets';
import React, { useEffect, useLayoutEffect, useRef } from 'react';

/**
 * Markdown as JupyterLab renders it, without what could reach out from it: it is made of what other
 * people wrote.
 */
export function MarkdownView(props: {
  text: string;
  rendermime: IRenderMimeRegistry | null;
}): JSX.Element {
  const { text, rendermime } = props;
  const host = useRef<HTMLDivElement>(null);
  // Lumino wants the node to be in the page still when the renderer goes.
  useLayoutEffect(() => {
    const node = host.current;
    if (!rendermime || !node) {
      return;
    }
    const inert = rendermime.clone({
      sanitizer: inertSanitizer(rendermime.sanitizer)
    });
    const renderer = inert.createRenderer('text/markdown');
    const model = inert.createModel({
      data: { 'text/markdown': text },
      trusted: false
    });
    void renderer.renderModel(model).then(() => {
      if (!renderer.isDisposed && node.isConnected) {
        Widget.attach(renderer, node);
      }
    });
    return () => renderer.dispose();
  }, [text, rendermime]);
  return rendermime ? (
    <div className="hnl-Card" ref={host} />
  ) : (
    <pre className="hnl-Card-source">{text}</pre>
  );
}

/**
 * A card without its front matter, which is for machines.
 */
export function CardView(props: {
  card: string;
  rendermime: IRenderMimeRegistry | null;
}): JSX.Element {
  const body = props.card.replace(/^---\r?\n[\s\S]*?\r?\n---\r?\n/, '');
  return <MarkdownView text={body} rendermime={props.rendermime} />;
}

/**
 * A sanitizer after which nothing is fetched from other servers, and links open in a new tab that
 * does not know where it was opened from.
 */
export function inertSanitizer(
  base: IRenderMime.ISanitizer
): IRenderMime.ISanitizer {
  return {
    allowNamedProperties: false,
    allowCommandLinker: false,
    getAutolink: () => base.getAutolink?.() ?? true,
    sanitize: (dirty, options) => {
      // A document of its own, in which nothing is fetched.
      const page = new DOMParser().parseFromString(
        base.sanitize(dirty, options),
        'text/html'
      );
      for (const node of page.querySelectorAll(
        '[src], [srcset], [poster], [background]'
      )) {
        makeInert(page, node);
      }
      // Styles can fetch, too, and lay a card over what is ours.
      for (const node of page.querySelectorAll('[style]')) {
        node.removeAttribute('style');
      }
      for (const link of page.querySelectorAll<HTMLAnchorElement>('a[href]')) {
        if (/^https?:/i.test(link.getAttribute('href') ?? '')) {
          link.target = '_blank';
          link.rel = 'noopener noreferrer';
        }
      }
      return page.body.innerHTML;
    }
  };
}

/**
 * Put a link in the place of something that would be fetched.
 */
function makeInert(page: Document, node: Element): void {
  const src = node.getAttribute('src') ?? '';
  if (/^data:image\//i.test(src) && !node.hasAttribute('srcset')) {
    return;
  }
  const stand = /^https?:/i.test(src)
    ? Object.assign(page.createElement('a'), { href: src })
    : page.createElement('span');
  stand.textContent = node.getAttribute('alt') || src;
  node.replaceWith(stand);
}

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
    <pre className="hnl-Card-source">{text}</pre>
  );
}
