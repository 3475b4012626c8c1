import {
  datasetAnswer,
  hubDatasetAnswer,
  pageAnswer
} from '../../api/__tests__/answers';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import { viewTitle } from '../viewTitle';

describe('viewTitle', () => {
  it('is the title of what the view shows, as far as it is loaded', async () => {
    const { workbench } = workbenchOver({
      searchDatasets: async () =>
        pageAnswer([
          datasetAnswer(),
          datasetAnswer({ id: 'NERSC/x', pretty_name: 'X', source: 'hub' })
        ]),
      getHubDataset: async () => hubDatasetAnswer()
    });
    await workbench.search.refresh();
    await workbench.details.hub('NERSC/tides').dataset.load();
    const draft = (await workbench.drafts.create({ title: '' }))!;
    const titles = [
      viewTitle(workbench, { kind: 'browse' }),
      viewTitle(workbench, { kind: 'drafts' }),
      viewTitle(workbench, { kind: 'account' }),
      viewTitle(workbench, { kind: 'job', id: 'j1' }),
      viewTitle(workbench, { kind: 'entry', name: 'iris' }),
      viewTitle(workbench, { kind: 'entry', name: 'wine' }),
      viewTitle(workbench, { kind: 'hub', repo_id: 'NERSC/x' }),
      viewTitle(workbench, { kind: 'hub', repo_id: 'NERSC/tides' }),
      viewTitle(workbench, { kind: 'hub', repo_id: 'NERSC/y' }),
      viewTitle(workbench, { kind: 'draft', id: draft.id }),
      viewTitle(workbench, { kind: 'draft', id: 'gone' })
    ];
    expect(titles).toEqual([
      'Datasets',
      'Drafts',
      'Account',
      'Job',
      'Iris',
      'wine',
      'X',
      'Tides',
      'NERSC/y',
      'iris',
      'Draft'
    ]);
    workbench.search.dispose();
    draft.dispose();
  });
});
