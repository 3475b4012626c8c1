import type { Widget } from '@lumino/widgets';
import type { Drag } from '@lumino/dragdrop';

import { memberFor, type ScriptMember } from '../models/scripts';

/**
 * Under this type JupyterLab's file browser offers the paths that are dragged from it.
 */
const CONTENTS_MIME = 'application/x-jupyter-icontents';

export interface IDropTargets {
  onData: (path: string) => void;
  onScript: (member: ScriptMember, path: string) => void;
}

/**
 * Let files be dragged from the file browser onto a widget: scripts by their ending, and else the
 * data itself.
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
        // Nothing is moved away from where it was dragged from.
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
