import {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';

const plugin: JupyterFrontEndPlugin<void> = {
  id: 'huggingnersc-lab:plugin',
  description: 'Catalogs datasets on the Hugging Face Hub.',
  autoStart: true,
  activate: (app: JupyterFrontEnd) => undefined
};

export default plugin;
