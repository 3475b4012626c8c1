import { StateDB } from '@jupyterlab/statedb';

import { draftAnswer } from '../../api/__tests__/answers';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import type { View } from '../../models/navigation';
import type { Workbench } from '../../models/workbench';
import { keepLastView } from '../lastView';
import { restoreView } from '../views';

/**
 * A page that is loaded with what an earlier one remembered.
 */
async function load(state: StateDB): Promise<Workbench> {
  const { workbench } = workbenchOver({
    getDraft: async id => draftAnswer({}, { id })
  });
  await keepLastView(workbench, state);
  return workbench;
}

describe('keepLastView', () => {
  it.each<View>([
    { kind: 'drafts' },
    { kind: 'account' },
    { kind: 'draft', id: '7' },
    { kind: 'job', id: '7' }
  ])(
    'keeps the search behind %j, which the address does not name',
    async view => {
      const state = new StateDB();
      const before = await load(state);
      before.search.query = 'q=halo&format=hdf5';
      await restoreView(before, view);
      const after = await load(state);
      expect(after.navigation.view).toEqual(view);
      expect(after.search.query).toBe('q=halo&format=hdf5');
    }
  );

  it.each<View>([{ kind: 'browse' }, { kind: 'entry', name: 'iris' }])(
    'leaves the search of %j to the address',
    async view => {
      const state = new StateDB();
      const before = await load(state);
      before.search.query = 'q=halo';
      before.navigation.show({ kind: 'account' });
      before.navigation.show(view);
      const after = await load(state);
      expect(after.navigation.view).toEqual(view);
      expect(after.search.query).toBe('');
    }
  );

  it.each([
    undefined,
    'account',
    { kind: 'gone' },
    { kind: 'account', search: 7 }
  ])('takes no search from %j', async kept => {
    const state = new StateDB();
    await state.save('huggingnersc-lab:view', kept as string);
    expect((await load(state)).search.query).toBe('');
  });
});
