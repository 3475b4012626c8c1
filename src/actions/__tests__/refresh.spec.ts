import { entryAnswer, sessionAnswer } from '../../api/__tests__/answers';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import { CatalogError } from '../../types/errors';
import { refresh } from '../refresh';

const settled = () => new Promise(resolve => setTimeout(resolve));

describe('refresh', () => {
  it('reloads everything, the dataset on screen too', async () => {
    const getEntry = jest.fn(async () => entryAnswer());
    const { workbench } = workbenchOver({ getEntry });
    workbench.navigation.show({ kind: 'entry', name: 'iris' });
    await refresh(workbench);
    expect(workbench.search.answer?.total).toBe(1);
    expect(workbench.drafts.drafts).toEqual([]);
    expect(getEntry).toHaveBeenCalledWith('iris');
    workbench.search.dispose();
  });

  it('asks again for the account if the Hub did not name it', async () => {
    const getSession = jest.fn(async (check?: boolean) =>
      check ? sessionAnswer() : sessionAnswer({ account: null })
    );
    const { workbench, services } = workbenchOver({ getSession });
    await refresh(workbench);
    await settled();
    expect(services.session.info?.account?.name).toBe('alice');
    await refresh(workbench);
    expect(getSession).toHaveBeenCalledTimes(2);
    workbench.search.dispose();
  });

  it('asks the Hub if told to', async () => {
    const getSession = jest.fn(async () => sessionAnswer());
    const { workbench } = workbenchOver({ getSession });
    await refresh(workbench, true);
    expect(getSession.mock.calls).toEqual([[false], [true]]);
    workbench.search.dispose();
  });

  it('requests nothing more while the server does not answer', async () => {
    const searchDatasets = jest.fn();
    const { workbench, services } = workbenchOver({
      searchDatasets,
      getSession: () =>
        Promise.reject(new CatalogError('no_extension', 'Not there.'))
    });
    await refresh(workbench);
    expect(services.session.state).toBe('failed');
    expect(searchDatasets).not.toHaveBeenCalled();
  });
});
