import type { IRecordSchema } from '../../../types/record';
import { fieldsOf, isNeeded, SECTIONS } from '../schema';

const schema = jest.requireActual<IRecordSchema>(
  '../../../../huggingnersc_lab/record/record.schema.json'
);

const fields = fieldsOf(schema);
const membersOf = (section: string): string[] =>
  fields.filter(it => it.section === section).map(({ member }) => member);

describe('fieldsOf', () => {
  it('has each member that has a section, once', () => {
    const written = Object.entries(schema.properties)
      .filter(([, its]) => its['x-section'] && !its.readOnly)
      .map(([member]) => member);
    expect(fields.map(({ member }) => member).sort()).toEqual(written.sort());
  });

  it('begins with what most people need', () => {
    expect(
      fields.filter(it => it.part === 'first').map(({ member }) => member)
    ).toEqual([
      'data_path',
      'pretty_name',
      'name',
      'description',
      'authors',
      'license',
      'license_name',
      'license_link',
      'size_categories',
      'tags',
      'loader',
      'kernel_name',
      'papers',
      'doi'
    ]);
  });

  it('has all else by section, with the rare ones of each last', () => {
    const more = fields.filter(it => it.part === 'more');
    expect(fields.slice(-more.length)).toEqual(more);
    const ranks = more.map(
      ({ section, schema: its }) =>
        2 * SECTIONS.indexOf(section) + Number(its['x-rare'] ?? false)
    );
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
  });

  it('never folds away what must be filled in', () => {
    const [field] = fieldsOf({
      required: ['a'],
      properties: { a: { type: 'string', 'x-section': 'about' } }
    });
    expect(field?.part).toBe('first');
  });

  it('has a field after the one that it depends on', () => {
    const about = membersOf('about');
    expect(about.indexOf('license_name')).toBeGreaterThan(
      about.indexOf('license')
    );
  });

  it('takes the kind from the type, the vocabulary and the widget', () => {
    const properties = Object.fromEntries(
      Object.entries({
        a: { type: 'boolean' },
        b: { type: 'object' },
        c: { type: 'array', items: { 'x-vocabulary': 'licenses' } },
        d: { type: 'array', items: {} },
        e: { type: 'string', 'x-vocabulary': 'licenses' },
        f: { type: 'string', 'x-widget': 'markdown' as const },
        g: { type: 'string' },
        h: { type: 'string', 'x-widget': 'kernel' as const },
        i: { type: 'array', items: { type: 'object' } }
      }).map(([name, its]) => [name, { ...its, 'x-section': 'about' as const }])
    );
    expect(fieldsOf({ properties }).map(({ kind }) => kind)).toEqual([
      'switch',
      'object',
      'choices',
      'words',
      'choice',
      'long_text',
      'text',
      'kernel',
      'rows'
    ]);
  });
});

describe('isNeeded', () => {
  const field = fields.find(({ member }) => member === 'license_name')!;

  it.each([
    [{}, false],
    [{ license: 'mit' }, false],
    [{ license: 'other' }, true],
    [{ license: 'mit', license_name: 'Mine' }, true]
  ])('says of the licence name for %j: %s', (values, expected) => {
    expect(isNeeded(field, values)).toBe(expected);
  });
});
