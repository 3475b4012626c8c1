import { JSONExt } from '@lumino/coreutils';

import type { IFieldError } from '../../types/errors';
import { checkValues } from './checks';
import { fieldsOf } from './schema';
import type { IEntryFormProps } from './types';
import { pathOf } from './values';

/**
 * The errors and warnings of the present values, in the order of the form.
 */
export interface ICurrentFindings {
  errors: readonly IFieldError[];
  warnings: readonly IFieldError[];
}

/**
 * Merge the server's findings, as far as their fields have not changed since, with those of the
 * browser's own validation.
 *
 * @param isShown - Which errors are shown; all of them or none, as `showErrors` says, by default.
 */
export function currentFindings(
  props: Pick<
    IEntryFormProps,
    'schema' | 'values' | 'checked' | 'errors' | 'warnings' | 'showErrors'
  >,
  isShown: (error: IFieldError) => boolean = () => props.showErrors
): ICurrentFindings {
  const { schema, values, checked, showErrors } = props;
  const members = fieldsOf(schema).map(({ member }) => member);

  // Compare each member once: a list can have thousands of items, each with a finding.
  const same = new Map<string, boolean>();
  const isCurrent = ({ pointer }: IFieldError): boolean => {
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

  const errors = props.errors.filter(
    error => isCurrent(error) && isShown(error)
  );
  const reported = new Set(errors.map(nameOf));
  errors.push(
    ...checkValues(schema, values).filter(
      error => isShown(error) && !reported.has(nameOf(error))
    )
  );
  const warnings = props.warnings.filter(
    // Do not recommend fields before the user has filled in the form.
    finding =>
      isCurrent(finding) && (showErrors || finding.code !== 'recommended')
  );
  return { errors: errors.sort(inOrder), warnings: warnings.sort(inOrder) };
}

/**
 * The findings at a JSON pointer and below it.
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
