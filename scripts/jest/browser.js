/**
 * What jsdom lacks and JupyterLab's modules look for when they are loaded.
 */
Object.defineProperty(navigator, 'clipboard', {
  configurable: true,
  value: {}
});
