import { JSONExt } from '@lumino/coreutils';

import type { IFieldError } from '../../types/errors';
import { checkValues } from './checks';
import { fieldsOf } from './schema';
import type { IEntryFormProps } from './types';
import { pathOf } from './values';

/**
 * The findings that hold for the values as they are now, in the order of the form.
 */
export interface IFindings {
  errors: readonly IFieldError[];
  warnings: readonly IFieldError[];
}

/**
 * Join what the server found in the values that it saw last with what the schema tells of those
 * of this moment.
 */
export function presentFindings(
  props: Pick<
    IEntryFormProps,
    'schema' | 'values' | 'checked' | 'errors' | 'warnings' | 'showErrors'
  >
): IFindings {
  const { schema, values, checked, showErrors } = props;
  const members = fieldsOf(schema).map(({ member }) => member);

  // Compared once, however many findings there are: a list may have thousands, each with one.
  const same = new Map<string, boolean>();
  const holds = ({ pointer }: IFieldError): boolean => {
    const [member] = pathOf(pointer);
    if (member === undefined) {
      return true;
    }
    const known =
      same.get(member) ??
      JSONExt.deepEqual(values[member] ?? null, checked[member] ?? null);
    same.set(member, known);
    return known;
  };
  const place = ({ pointer }: IFieldError): number =>
    members.indexOf(pathOf(pointer)[0] ?? '');
  const inOrder = (a: IFieldError, b: IFieldError): number =>
    place(a) - place(b) || COLLATOR.compare(a.pointer, b.pointer);

  const errors: IFieldError[] = [];
  if (showErrors) {
    errors.push(...props.errors.filter(holds));
    const told = new Set(errors.map(nameOf));
    errors.push(
      ...checkValues(schema, values).filter(error => !told.has(nameOf(error)))
    );
  }
  const warnings = props.warnings.filter(
    // What is left out is no fault while the person is still at it.
    finding => holds(finding) && (showErrors || finding.code !== 'recommended')
  );
  return { errors: errors.sort(inOrder), warnings: warnings.sort(inOrder) };
}

/**
 * Those findings that are about the place `pointer` or what lies below it.
 */
export function findingsAt(
  findings: readonly IFieldError[],
  pointer: string
): IFieldError[] {
  return findings.filter(
    finding =>
      finding.pointer === pointer || finding.pointer.startsWith(`${pointer}/`)
  );
}

const COLLATOR = new Intl.Collator(undefined, { numeric: true });

function nameOf({ pointer, code }: IFieldError): string {
  return `${code} ${pointer}`;
}
