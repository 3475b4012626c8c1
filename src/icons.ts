import { LabIcon } from '@jupyterlab/ui-components';

import catalogSvg from '../style/icons/catalog.svg';

/**
 * A box of index cards: the mark of the catalog wherever JupyterLab shows one.
 */
export const catalogIcon = new LabIcon({
  name: 'huggingnersc-lab:catalog',
  svgstr: catalogSvg
});
