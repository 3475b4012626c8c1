import type { TranslationBundle } from '@jupyterlab/translation';
import React, { type ReactNode } from 'react';

import type { IFieldError } from '../../types/errors';
import type { FormSectionName } from '../../types/record';
import { Section } from '../common/Section';
import { useForm } from './context';
import { type IField, type Part, SECTIONS } from './schema';
import { pathOf } from './values';

export interface IFormSectionProps {
  part: Part;
  fields: readonly IField[];
  open: boolean;
  onToggle: (open: boolean) => void;
  render: (field: IField) => ReactNode;
  /**
   * Content below the fields.
   */
  children?: ReactNode;
}

/**
 * One part of the form, which can be collapsed. What few datasets need is in groups.
 */
export function FormSection(props: IFormSectionProps): JSX.Element {
  const { part, fields, render } = props;
  const { findings, trans } = useForm();
  const count = errorsIn(fields, findings.errors).length;
  return (
    <Section
      title={titleOf(part, trans)}
      badge={
        count > 0 && (
          <span className="hnl-Section-badge">
            {trans._n('%1 error', '%1 errors', count)}
          </span>
        )
      }
      open={props.open}
      onToggle={props.onToggle}
    >
      {part === 'more'
        ? SECTIONS.map(section => (
            <Group
              key={section}
              title={groupTitle(section, trans)}
              fields={fields.filter(field => field.section === section)}
              render={render}
            />
          ))
        : fields.map(render)}
      {props.children}
    </Section>
  );
}

function Group(
  props: Pick<IFormSectionProps, 'fields' | 'render'> & { title: string }
): JSX.Element | null {
  return props.fields.length === 0 ? null : (
    <>
      <h4 className="hnl-Form-group">{props.title}</h4>
      {props.fields.map(props.render)}
    </>
  );
}

function titleOf(part: Part, trans: TranslationBundle): string {
  switch (part) {
    case 'first':
      return trans.__('The dataset');
    case 'more':
      return trans.__('More details');
    case 'review':
      return trans.__('Review');
  }
}

function groupTitle(
  section: FormSectionName,
  trans: TranslationBundle
): string {
  switch (section) {
    case 'where':
      return trans.__('Where the data is');
    case 'loader':
      return trans.__('Loader');
    case 'about':
      return trans.__('About the data');
  }
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
