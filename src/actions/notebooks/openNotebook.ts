import { JSONExt, type JSONValue } from '@lumino/coreutils';
import type { CommandRegistry } from '@lumino/commands';
import type { NotebookPanel } from '@jupyterlab/notebook';

/**
 * Open a notebook.
 *
 * @param isFresh - Whether it was written just now. When its kernel has started, JupyterLab writes the
 * kernel's language into it; that is saved, so that it does not look as if the user had changed it.
 */
export async function openNotebook(
  { commands }: { commands: CommandRegistry },
  path: string,
  isFresh: boolean
): Promise<void> {
  const opened: unknown = await commands.execute('docmanager:open', { path });
  if (isFresh && isNotebook(opened)) {
    // Its kernel may take long, or never start.
    saveUntouched(opened).catch((reason: unknown) =>
      console.debug('HuggingNERSC Lab: the copy was not saved.', reason)
    );
  }
}

/**
 * Save a notebook when its kernel has started, unless its cells were changed by then.
 */
async function saveUntouched(panel: NotebookPanel): Promise<void> {
  const { context, sessionContext } = panel;
  await context.ready;
  const before = cellsOf(panel);
  await sessionContext.ready;
  await sessionContext.session?.kernel?.info;
  // JupyterLab, too, waits for the kernel, and may have begun later.
  await new Promise(resolve => setTimeout(resolve));
  const isUntouched =
    !panel.isDisposed && JSONExt.deepEqual(cellsOf(panel), before);
  if (isUntouched && context.model.dirty) {
    await context.save();
  }
}

function cellsOf({ context }: NotebookPanel): JSONValue {
  const { cells } = Object(context.model.toJSON()) as { cells?: JSONValue };
  return cells ?? [];
}

function isNotebook(opened: unknown): opened is NotebookPanel {
  return (
    opened instanceof Object &&
    'context' in opened &&
    'sessionContext' in opened
  );
}
