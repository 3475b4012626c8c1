import type {
  ILabShell,
  IRouter,
  JupyterFrontEnd
} from '@jupyterlab/application';
import type { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { Signal } from '@lumino/signaling';

import { addressPlugin } from '../address';

const settled = () => new Promise(resolve => setTimeout(resolve));

async function activate() {
  window.history.pushState({}, '', '/lab?dataset=iris');
  const source = {};
  const signals = {
    currentPathChanged: new Signal<object, void>(source),
    modeChanged: new Signal<object, void>(source),
    pathChanged: new Signal<object, void>(source),
    routed: new Signal<object, void>(source)
  };
  const app = { restored: Promise.resolve() } as unknown as JupyterFrontEnd;
  const address = await addressPlugin.activate(
    app,
    signals as unknown as IRouter,
    signals as unknown as ILabShell,
    { model: signals } as unknown as IDefaultFileBrowser
  );
  await settled();
  return { address, signals };
}

describe('the plugin for the address', () => {
  it.each(['currentPathChanged', 'modeChanged', 'pathChanged'] as const)(
    'adds our values again after %s',
    async name => {
      const { signals } = await activate();
      signals[name].emit();
      // JupyterLab's own handler, a moment later.
      window.history.replaceState({}, '', '/lab/tree/a.ipynb');
      await settled();
      expect(window.location.pathname).toBe('/lab/tree/a.ipynb');
      expect(window.location.search).toBe('?dataset=iris');
    }
  );

  it('follows the way to another address', async () => {
    const { address, signals } = await activate();
    const opened = jest.fn();
    address.opened.connect((_, values) => opened(values));
    window.history.pushState({}, '', '/lab?dataset=wine');
    signals.routed.emit();
    expect(opened).toHaveBeenCalledWith({ dataset: 'wine' });
  });
});
