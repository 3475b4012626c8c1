import React, { type ReactNode } from 'react';

import type { IFieldError } from '../../types/errors';
import type { FormSectionName } from '../../types/record';
import { Section } from '../common/Section';
import { useForm } from './context';
import type { IField } from './schema';
import { pathOf } from './values';

/**
 * A part of the form that can be collapsed: a section, or the rare fields in one.
 */
export type Part = FormSectionName | `${FormSectionName}-rare`;

/**
 * The part that a field is in.
 */
export function partOf({ section, rare }: IField): Part {
  return rare ? `${section}-rare` : section;
}

export interface IFormSectionProps {
  name: FormSectionName;
  title: string;
  fields: readonly IField[];
  open: ReadonlySet<Part>;
  onToggle: (part: Part, open: boolean) => void;
  render: (field: IField) => ReactNode;
  /**
   * Content below the fields.
   */
  children?: ReactNode;
}

/**
 * One section of the form. The fields that few datasets need are collapsed.
 */
export function FormSection(props: IFormSectionProps): JSX.Element {
  const { name, fields, open, onToggle, render } = props;
  const { findings, trans } = useForm();
  const rare = fields.filter(field => field.rare);
  const rest = fields.filter(field => !field.rare);
  const badge = (among: readonly IField[]): ReactNode => {
    const count = errorsIn(among, findings.errors).length;
    return (
      count > 0 && (
        <span className="hnl-Section-badge">
          {trans._n('%1 error', '%1 errors', count)}
        </span>
      )
    );
  };
  return (
    <Section
      title={props.title}
      badge={badge(fields)}
      open={open.has(name)}
      onToggle={wanted => onToggle(name, wanted)}
    >
      {rest.map(render)}
      {rare.length > 0 && (
        <Section
          title={trans.__('More details')}
          badge={badge(rare)}
          open={open.has(`${name}-rare`)}
          onToggle={wanted => onToggle(`${name}-rare`, wanted)}
          level={4}
        >
          {rare.map(render)}
        </Section>
      )}
      {props.children}
    </Section>
  );
}

/**
 * The errors of some fields.
 */
export function errorsIn(
  fields: readonly IField[],
  errors: readonly IFieldError[]
): IFieldError[] {
  return errors.filter(({ pointer }) =>
    fields.some(({ member }) => member === pathOf(pointer)[0])
  );
}
