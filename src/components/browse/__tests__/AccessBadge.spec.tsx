import { render } from '@testing-library/react';
import React from 'react';

import type { IAccess } from '../../../types/api';
import { AccessBadge } from '../AccessBadge';
import { trans } from './browseSetup';

describe('AccessBadge', () => {
  it.each<[IAccess, string, string]>([
    [{ status: 'readable' }, 'You can open it', 'success'],
    [{ status: 'unreadable', group: 'm1234' }, 'Ask group m1234', 'warning'],
    [{ status: 'unreadable' }, 'You cannot open it', 'warning'],
    [{ status: 'missing' }, 'Moved or purged', 'error'],
    [{ status: 'missing', detail: 'an empty folder' }, 'No data', 'error'],
    [{ status: 'unknown' }, 'Access: Not known', 'plain']
  ])('says of %j: %s', (access, words, kind) => {
    const { container } = render(<AccessBadge access={access} trans={trans} />);
    const badge = container.firstElementChild;
    expect(badge?.textContent).toBe(words);
    expect(badge?.className).toContain(`hnl-mod-${kind}`);
  });
});
