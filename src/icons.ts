import { LabIcon } from '@jupyterlab/ui-components';

import catalogSvg from '../style/icons/catalog.svg';
import draftsSvg from '../style/icons/drafts.svg';
import helpSvg from '../style/icons/help.svg';

/**
 * A box of index cards: the catalog's icon.
 */
export const catalogIcon = new LabIcon({
  name: 'huggingnersc-lab:catalog',
  svgstr: catalogSvg
});

/**
 * Two sheets, of which one is written on: the icon of the drafts.
 */
export const draftsIcon = new LabIcon({
  name: 'huggingnersc-lab:drafts',
  svgstr: draftsSvg
});

/**
 * A question mark in a circle: the icon of the user guide.
 */
export const helpIcon = new LabIcon({
  name: 'huggingnersc-lab:help',
  svgstr: helpSvg
});
