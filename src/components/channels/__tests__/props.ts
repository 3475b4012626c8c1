import { nullTranslator } from '@jupyterlab/translation';

import { shareAnswer } from '../../../api/__tests__/answers';
import type { ShareStart } from '../share';
import type { IShareCardProps } from '../ShareCard';

/**
 * The properties of a card; the test sees what was done.
 */
export function cardProps(
  part: Partial<Pick<IShareCardProps, 'share' | 'job'>> = {}
) {
  return {
    share: shareAnswer(),
    job: undefined as IShareCardProps['job'],
    onStart: jest.fn<Promise<ShareStart>, unknown[]>(async () => 'begun'),
    executors: [],
    onEdit: jest.fn(),
    onCancel: jest.fn(),
    onShowJob: jest.fn(),
    onKeys: jest.fn(),
    trans: nullTranslator.load('test'),
    ...part
  };
}
