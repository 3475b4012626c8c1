import { CommandRegistry } from '@lumino/commands';

import { openNotebook } from '../openNotebook';

/**
 * A notebook whose kernel writes its language when it starts.
 */
function notebook(options: { edit?: boolean } = {}) {
  const model = {
    dirty: false,
    cells: ['a'],
    toJSON: () => ({ cells: [...model.cells] })
  };
  const save = jest.fn(async () => undefined);
  let start = (): void => undefined;
  const ready = new Promise<void>(resolve => (start = resolve)).then(() => {
    model.dirty = true;
    if (options.edit) {
      model.cells.push('mine');
    }
  });
  const session = { kernel: { info: Promise.resolve({}) } };
  const panel = {
    isDisposed: false,
    context: { ready: Promise.resolve(), model, save },
    sessionContext: { ready, session }
  };
  const commands = new CommandRegistry();
  commands.addCommand('docmanager:open', {
    execute: () => panel,
    describedBy: { args: null }
  });
  return { commands, save, start: () => start() };
}

const settled = () => new Promise(resolve => setTimeout(resolve, 20));

describe('openNotebook', () => {
  it('saves the language that the kernel writes into a fresh notebook', async () => {
    const { commands, save, start } = notebook();
    await openNotebook({ commands }, 'a.ipynb', true);
    await settled();
    expect(save).not.toHaveBeenCalled();
    start();
    await settled();
    expect(save).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['what the user has written meanwhile', true, { edit: true }],
    ['a notebook that was there before', false, {}]
  ])('does not save %s', async (_, isFresh, options) => {
    const { commands, save, start } = notebook(options);
    await openNotebook({ commands }, 'a.ipynb', isFresh);
    start();
    await settled();
    expect(save).not.toHaveBeenCalled();
  });
});
