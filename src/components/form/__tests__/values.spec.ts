import { pathOf, withMember, withValueAt } from '../values';

describe('withMember', () => {
  it.each([[''], [[]], [{}], [null], [undefined]])(
    'leaves out a member that was emptied to %j',
    value => {
      expect(withMember({ name: 'iris', doi: '10.1/2' }, 'doi', value)).toEqual(
        {
          name: 'iris'
        }
      );
    }
  );

  it('keeps what says no', () => {
    expect(withMember({}, 'is_distributed', false)).toEqual({
      is_distributed: false
    });
  });

  it('does not change what it was given', () => {
    const values = { name: 'iris' };
    withMember(values, 'name', '');
    expect(values).toEqual({ name: 'iris' });
  });
});

describe('withValueAt', () => {
  it('replaces a text, a word in a list and a cell in a row', () => {
    const values = {
      name: 'Iris',
      tags: ['biolgy', 'csv'],
      authors: [{ name: 'R. A. Fisher', orcid: '1' }]
    };
    expect(withValueAt(values, '/name', 'iris').name).toBe('iris');
    expect(withValueAt(values, '/tags/0', 'biology').tags).toEqual([
      'biology',
      'csv'
    ]);
    expect(withValueAt(values, '/authors/0/orcid', '2').authors).toEqual([
      { name: 'R. A. Fisher', orcid: '2' }
    ]);
  });

  it('names no word twice', () => {
    const values = { tags: ['biolgy', 'biology'] };
    expect(withValueAt(values, '/tags/0', 'biology').tags).toEqual(['biology']);
  });
});

describe('pathOf', () => {
  it('reads RFC 6901', () => {
    expect(pathOf('')).toEqual([]);
    expect(pathOf('/card_data/a~1b~01')).toEqual(['card_data', 'a/b~1']);
  });
});
