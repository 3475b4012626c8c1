import { MimeData } from '@lumino/coreutils';
import { Widget } from '@lumino/widgets';

import { acceptDrops } from '../drops';

const CONTENTS = 'application/x-jupyter-icontents';

/**
 * A widget that takes drops, and how to drag something over it.
 */
function target() {
  const widget = new Widget();
  const onData = jest.fn();
  const onScript = jest.fn();
  acceptDrops(widget, { onData, onScript });
  const drag = (
    type: string,
    paths: readonly string[],
    mime = CONTENTS,
    proposedAction = 'move'
  ) => {
    const mimeData = new MimeData();
    mimeData.setData(mime, paths);
    const event = Object.assign(new Event(type, { cancelable: true }), {
      mimeData,
      proposedAction,
      dropAction: 'none'
    });
    widget.node.dispatchEvent(event);
    return event;
  };
  return { widget, onData, onScript, drag };
}

describe('acceptDrops', () => {
  it.each([
    ['code/load_iris.py', 'loader'],
    ['code/Load.R', 'loader'],
    ['run.slurm', 'batch_script']
  ])('takes %s as %s', (path, member) => {
    const { onData, onScript, drag } = target();
    drag('lm-drop', [path]);
    expect(onScript.mock.calls).toEqual([[member, path]]);
    expect(onData).not.toHaveBeenCalled();
  });

  it('takes all else as the data, and moves nothing away', () => {
    const { onData, drag } = target();
    const event = drag('lm-drop', ['data/iris']);
    expect(onData.mock.calls).toEqual([['data/iris']]);
    expect(event.dropAction).toBe('copy');
    expect(event.defaultPrevented).toBe(true);
  });

  it('shows where the user may drop', () => {
    const { widget, drag } = target();
    const isMarked = () => widget.hasClass('hnl-mod-dropTarget');
    drag('lm-dragenter', ['iris']);
    expect(isMarked()).toBe(true);
    drag('lm-dragleave', ['iris']);
    expect(isMarked()).toBe(false);
    drag('lm-dragover', ['iris']);
    drag('lm-drop', ['iris']);
    expect(isMarked()).toBe(false);
  });

  it('leaves alone what is no file, and what may not be dropped', () => {
    const { onData, onScript, drag } = target();
    expect(drag('lm-drop', ['x'], 'text/plain').defaultPrevented).toBe(false);
    drag('lm-drop', ['iris'], CONTENTS, 'none');
    drag('lm-drop', []);
    expect(onData).not.toHaveBeenCalled();
    expect(onScript).not.toHaveBeenCalled();
  });
});
