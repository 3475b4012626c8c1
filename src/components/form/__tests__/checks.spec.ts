import type { IFieldError } from '../../../types/errors';
import type { IRecordSchema } from '../../../types/record';
import { checkValues } from '../checks';

const schema = jest.requireActual<IRecordSchema>(
  '../../../../huggingnersc_lab/record/record.schema.json'
);
const examples = jest.requireActual<
  { title: string; values: Record<string, unknown>; errors: IFieldError[] }[]
>('../../../../tests/examples/findings.json');

describe('checkValues', () => {
  it.each(examples)("has the server's words for $title", example => {
    const found = checkValues(schema, example.values);
    const byPlace = (a: IFieldError, b: IFieldError): number =>
      a.pointer.localeCompare(b.pointer);
    expect(
      found
        .map(({ pointer, code }) => ({ pointer, code, detail: '' }))
        .sort(byPlace)
    ).toEqual(
      example.errors
        .map(({ pointer, code }) => ({ pointer, code, detail: '' }))
        .sort(byPlace)
    );
    for (const { pointer, detail } of found) {
      const told = example.errors.find(error => error.pointer === pointer);
      // A better value is the server's to know.
      const hint = told?.suggestion ? ` Use '${told.suggestion}'.` : '';
      expect(detail + hint).toBe(told?.detail);
    }
  });
});
