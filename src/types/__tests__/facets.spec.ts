import { nullTranslator } from '@jupyterlab/translation';

import { FACETS, FACET_VOCABULARIES, facetTitle, valueTitle } from '../facets';

const trans = nullTranslator.load('test');

const { sources } = jest.requireActual<{ sources: Record<string, string> }>(
  '../../../huggingnersc_lab/record/vocabulary.json'
);

describe('facetTitle', () => {
  it('names each facet, and none like another', () => {
    const titles = FACETS.map(facet => facetTitle(facet, trans));
    expect(titles.every(Boolean)).toBe(true);
    expect(new Set(titles).size).toBe(FACETS.length);
  });
});

describe('the values of a facet', () => {
  it('are named by a vocabulary that there is', () => {
    for (const list of Object.values(FACET_VOCABULARIES)) {
      expect(Object.keys(sources)).toContain(list);
    }
  });

  it('are named here where no vocabulary does', () => {
    expect(valueTitle('source', 'hub', trans)).toBe('Only on the Hub');
    expect(valueTitle('license', 'mit', trans)).toBeNull();
  });
});
