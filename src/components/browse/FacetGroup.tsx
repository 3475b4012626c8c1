import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useId, useState } from 'react';

import { Section } from '../common/Section';
import { type IFacetValue, useFoundValues } from './useFoundValues';

export interface IFacetGroupProps {
  title: string;
  /**
   * The values to choose from, in their order.
   */
  values: readonly IFacetValue[];
  chosen: readonly string[];
  open: boolean;
  onFold: (open: boolean) => void;
  onToggle: (value: string) => void;
  /**
   * Find other values, by a part of the value or of its label.
   */
  onSearch: (contains: string) => Promise<readonly IFacetValue[]>;
  trans: TranslationBundle;
}

/**
 * One facet: its most frequent values, and more on request.
 */
export function FacetGroup(props: IFacetGroupProps): JSX.Element {
  const { title, values, chosen, trans } = props;
  const id = useId();
  const [all, setAll] = useState(false);
  const [typed, setTyped] = useState('');
  const query = typed.trim().toLowerCase();
  const found = useFoundValues(
    values.length >= MOST ? query : '',
    values,
    props.onSearch
  );
  const loaded = values.filter(({ value, label }) =>
    `${label}\n${value}`.toLowerCase().includes(query)
  );
  const matching = [
    ...loaded,
    ...(found?.values ?? []).filter(
      ({ value }) => !values.some(it => it.value === value)
    )
  ];
  const shown = all
    ? matching
    : values.filter(
        ({ value }, index) => index < SHOWN || chosen.includes(value)
      );
  const hidden = values.length - shown.length;
  return (
    <Section
      title={title}
      badge={
        chosen.length > 0 && (
          <span className="hnl-Count">
            <span className="hnl-visuallyHidden">{trans.__('selected:')} </span>
            {chosen.length}
          </span>
        )
      }
      open={props.open}
      onToggle={props.onFold}
    >
      {all && values.length > SEARCHED && (
        <>
          <label className="hnl-visuallyHidden" htmlFor={id}>
            {trans.__('Search in %1', title)}
          </label>
          <input
            id={id}
            className="hnl-Input"
            placeholder={trans.__('Search in %1', title)}
            value={typed}
            onChange={event => setTyped(event.currentTarget.value)}
          />
        </>
      )}
      <ul className="hnl-Facet" aria-label={title}>
        {shown.map(({ value, label, count }) => (
          <li key={value}>
            <label className="hnl-Facet-value">
              <input
                type="checkbox"
                checked={chosen.includes(value)}
                onChange={() => props.onToggle(value)}
              />
              <span className="hnl-Facet-label">{label}</span>
              <span className="hnl-Facet-count">
                {count.toLocaleString()}
                <span className="hnl-visuallyHidden">
                  {' '}
                  {trans._n('dataset', 'datasets', count)}
                </span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      {all && found?.error && (
        <p className="hnl-Facet-none" role="alert">
          {found.error.detail}
        </p>
      )}
      {all && shown.length === 0 && !found?.error && (
        <p className="hnl-Facet-none" role="status">
          {found?.isLoading
            ? trans.__('Searching…')
            : trans.__('No match for “%1”.', typed)}
        </p>
      )}
      {(all || hidden > 0) && (
        <button
          type="button"
          className="hnl-LinkButton"
          aria-expanded={all}
          onClick={() => {
            setAll(!all);
            setTyped('');
          }}
        >
          {all ? trans.__('Fewer') : trans.__('More (%1)', hidden)}
          <span className="hnl-visuallyHidden"> {title}</span>
        </button>
      )}
    </Section>
  );
}

/**
 * How many values come with an answer at most. If there are as many, there may be more.
 */
const MOST = 50;

/**
 * How many values are shown at first, and from how many on they can be searched.
 */
const SHOWN = 6;
const SEARCHED = 12;
