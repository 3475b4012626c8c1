import { LabIcon } from '@jupyterlab/ui-components';

import catalogSvg from '../style/icons/catalog.svg';

/**
 * A box of index cards: the catalog's icon.
 */
export const catalogIcon = new LabIcon({
  name: 'huggingnersc-lab:catalog',
  svgstr: catalogSvg
});
