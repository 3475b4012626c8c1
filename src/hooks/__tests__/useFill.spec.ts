import { act, renderHook } from '@testing-library/react';

import { draftAnswer, locationAnswer } from '../../api/__tests__/answers';
import { suggestionsAnswer } from '../../api/__tests__/suggestions';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import type { ILocation } from '../../types/api';
import { useFill } from '../useFill';

async function fillFrom(location: ILocation | null) {
  const suggest = jest.fn(async () => suggestionsAnswer());
  const { workbench } = workbenchOver({
    suggest,
    createDraft: async () =>
      draftAnswer({ values: { data_path: '/data/rain' } })
  });
  const draft = (await workbench.drafts.create({}))!;
  await act(async () => {
    renderHook(() => useFill(draft, location));
  });
  draft.dispose();
  return { draft, suggest };
}

describe('useFill', () => {
  it('fills in the draft from a folder that can be read', async () => {
    const place = locationAnswer({ data_path: '/data/rain' });
    const { draft } = await fillFrom(place);
    expect(draft.content.values['license']).toBe('cc-by-4.0');
  });

  it.each([
    null,
    locationAnswer({ is_folder: false }),
    locationAnswer({ access: { status: 'missing' } })
  ])('asks for nothing else: %#', async place => {
    expect((await fillFrom(place)).suggest).not.toHaveBeenCalled();
  });
});
