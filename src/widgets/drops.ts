import type { Widget } from '@lumino/widgets';
import type { Drag } from '@lumino/dragdrop';

import { memberFor } from '../models/scripts';
import type { ScriptMember } from '../types/scripts';

/**
 * The MIME type of paths that are dragged from JupyterLab's file browser.
 */
const CONTENTS_MIME = 'application/x-jupyter-icontents';

export interface IDropTargets {
  onData: (path: string) => void;
  onScript: (member: ScriptMember, path: string) => void;
}

/**
 * Let the user drag files from the file browser onto a widget. A file with a script's extension is
 * taken as the script, anything else as the data.
 */
export function acceptDrops(widget: Widget, targets: IDropTargets): void {
  const { node } = widget;
  const onDrag = (event: Event): void => {
    const drag = event as Drag.Event;
    if (!drag.mimeData.hasData(CONTENTS_MIME)) {
      return;
    }
    drag.preventDefault();
    drag.stopPropagation();
    switch (drag.type) {
      case 'lm-dragenter':
      case 'lm-dragover':
        node.classList.add('hnl-mod-dropTarget');
        drag.dropAction = drag.proposedAction;
        break;
      case 'lm-dragleave':
        node.classList.remove('hnl-mod-dropTarget');
        break;
      case 'lm-drop': {
        node.classList.remove('hnl-mod-dropTarget');
        const [path] = drag.mimeData.getData(CONTENTS_MIME) as string[];
        if (drag.proposedAction === 'none' || path === undefined) {
          drag.dropAction = 'none';
          return;
        }
        // The file browser must not move the file.
        drag.dropAction = 'copy';
        const member = memberFor(path);
        if (member) {
          targets.onScript(member, path);
        } else {
          targets.onData(path);
        }
        break;
      }
    }
  };
  for (const type of ['enter', 'over', 'leave']) {
    node.addEventListener(`lm-drag${type}`, onDrag);
  }
  node.addEventListener('lm-drop', onDrag);
}
