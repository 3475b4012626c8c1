import type { IRecordSchema } from '../../../types/record';
import { currentFindings } from '../findings';

const schema = jest.requireActual<IRecordSchema>(
  '../../../../huggingnersc_lab/record/record.schema.json'
);
const good = { name: 'iris', pretty_name: 'Iris', size_categories: ['n<1K'] };
const found = {
  schema,
  values: good,
  checked: good,
  errors: [],
  warnings: [],
  showErrors: true
};

describe('currentFindings', () => {
  it("joins the server's findings with the schema's, each once", () => {
    const values = { ...good, name: 'a b', data_path: 'iris' };
    const server = {
      pointer: '/name',
      code: 'pattern',
      detail: "… Use 'a-b'.",
      suggestion: 'a-b'
    };
    const { errors } = currentFindings({
      ...found,
      values,
      checked: values,
      errors: [server]
    });
    expect(errors).toHaveLength(2);
    expect(errors).toContainEqual(server);
    expect(errors).toContainEqual(
      expect.objectContaining({ pointer: '/data_path', code: 'pattern' })
    );
  });

  it('has them in the order of the form', () => {
    const pointers = ['/loader', '/tags/10', '/tags/9', '/doi', '/data_path'];
    const { errors } = currentFindings({
      ...found,
      errors: pointers.map(pointer => ({ pointer, code: 'x', detail: 'x' }))
    });
    expect(errors.map(({ pointer }) => pointer)).toEqual([
      '/data_path',
      '/tags/9',
      '/tags/10',
      '/loader',
      '/doi'
    ]);
  });

  it('forgets a finding as soon as its field has changed, and no other', () => {
    const { errors, warnings } = currentFindings({
      ...found,
      values: { ...good, license: 'mit' },
      checked: { ...good, license: 'mti', name: 'iris' },
      errors: [
        { pointer: '/license', code: 'unknown_value', detail: 'x' },
        { pointer: '/loader', code: 'reserved', detail: 'x' }
      ],
      warnings: [{ pointer: '/license', code: 'x', detail: 'x' }]
    });
    expect(errors.map(({ pointer }) => pointer)).toEqual(['/loader']);
    expect(warnings).toEqual([]);
  });

  it('is silent about what is wrong or left out before the first try', () => {
    const { errors, warnings } = currentFindings({
      ...found,
      values: {},
      checked: {},
      showErrors: false,
      errors: [{ pointer: '/name', code: 'required', detail: 'x' }],
      warnings: [
        { pointer: '/license', code: 'recommended', detail: 'x' },
        { pointer: '/name', code: 'name_advice', detail: 'x' }
      ]
    });
    expect(errors).toEqual([]);
    expect(warnings.map(({ pointer }) => pointer)).toEqual(['/name']);
  });
});
