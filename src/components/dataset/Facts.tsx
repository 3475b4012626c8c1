import type { TranslationBundle } from '@jupyterlab/translation';
import { checkIcon, copyIcon } from '@jupyterlab/ui-components';
import React, { type ReactNode } from 'react';

import type { IEntry, IFact } from '../../types/api';
import { CopyButton } from '../common/CopyButton';
import { WebLink } from '../common/WebLink';

export interface IFactsProps {
  entry: IEntry;
  onBrowse?: ((path: string) => void) | undefined;
  onCopy: (text: string) => void;
  trans: TranslationBundle;
}

/**
 * A label and its value. A fact with an empty value is not shown.
 */
export type Fact = [label: string, value: ReactNode];

/**
 * The facts of an entry, as the server declares them.
 */
export function Facts(props: IFactsProps): JSX.Element {
  return (
    <FactList
      facts={props.entry.facts.map(fact => [
        fact.label,
        <Values key={fact.name} {...props} fact={fact} />
      ])}
    />
  );
}

function Values(props: IFactsProps & { fact: IFact }): JSX.Element {
  const { fact } = props;
  const items = fact.items.map((item, index) => (
    <Value key={index} {...props} kind={fact.kind} item={item} />
  ));
  return fact.is_list ? (
    <ul className="hnl-Facts-list">
      {items.map((item, index) => (
        <li key={index}>{item}</li>
      ))}
    </ul>
  ) : (
    <>
      {items.map((item, index) => (
        <React.Fragment key={index}>
          {index > 0 && ', '}
          {item}
        </React.Fragment>
      ))}
    </>
  );
}

function Value(
  props: IFactsProps & { kind: IFact['kind']; item: IFact['items'][number] }
): JSX.Element {
  const { kind, item } = props;
  const { text, href, note } = item;
  return (
    <>
      {kind === 'path' ? (
        <Path {...props} value={text} contentsPath={item.contents_path} />
      ) : kind === 'moment' ? (
        timeOf(text)
      ) : (
        <WebLink href={href ?? ''}>{text}</WebLink>
      )}
      {note && ` (${note})`}
    </>
  );
}

export function FactList({ facts }: { facts: readonly Fact[] }): JSX.Element {
  return (
    <dl className="hnl-Facts">
      {facts
        .filter(([, value]) => value)
        .map(([label, value]) => (
          <React.Fragment key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </React.Fragment>
        ))}
    </dl>
  );
}

/**
 * A path with a button to copy it; a link to the file browser if the file browser can show it.
 */
function Path(
  props: IFactsProps & {
    value: string;
    contentsPath: string | null | undefined;
  }
): JSX.Element {
  const { value, contentsPath, onBrowse, trans } = props;
  return (
    <>
      {typeof contentsPath === 'string' && onBrowse ? (
        <button
          type="button"
          className="hnl-LinkButton hnl-Path"
          title={trans.__('Show in the file browser')}
          onClick={() => onBrowse(contentsPath)}
        >
          {value}
        </button>
      ) : (
        <span className="hnl-Path">{value}</span>
      )}{' '}
      <CopyButton
        className="hnl-IconButton"
        label={trans.__('Copy the path %1', value)}
        copied={<checkIcon.react tag="span" aria-hidden="true" />}
        onCopy={() => props.onCopy(value)}
        trans={trans}
      >
        <copyIcon.react tag="span" aria-hidden="true" />
      </CopyButton>
    </>
  );
}

export function textOf(value: unknown): string {
  return Array.isArray(value)
    ? value.map(String).join(', ')
    : value === undefined || value === null
      ? ''
      : String(value);
}

/**
 * A time in the user's format, or as it is if it cannot be read.
 */
export function timeOf(when: string): string {
  const time = new Date(when);
  // A day without a time stays that day, wherever one is.
  return Number.isNaN(time.getTime()) || !when.includes('T')
    ? when
    : time.toLocaleString();
}
