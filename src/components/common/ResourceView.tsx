import type { TranslationBundle } from '@jupyterlab/translation';
import React, { type ReactNode } from 'react';

import type { CatalogError } from '../../types/errors';
import { Banner } from './Banner';
import { Button } from './Button';

/**
 * Something that is asked for by itself.
 */
export interface IAsked<T> {
  /**
   * The newest answer; null before the first.
   */
  readonly value: T | null;
  /**
   * Why the last try failed.
   */
  readonly error: CatalogError | null;
  readonly isBusy: boolean;
  ask: () => Promise<void>;
}

export interface IAskedViewProps<T> {
  asked: IAsked<T>;
  /**
   * What is said while the first answer is on its way.
   */
  waiting: string;
  children: (value: T) => ReactNode;
  trans: TranslationBundle;
}

/**
 * An answer, the wait for it, or why there is none with a way to try again.
 */
export function AskedView<T>(props: IAskedViewProps<T>): JSX.Element {
  const { asked, waiting, trans } = props;
  const { value, error, isBusy } = asked;
  return (
    <>
      {error && (
        <Banner
          kind={value === null ? 'error' : 'warning'}
          actions={
            <Button onClick={() => void asked.ask()}>
              {trans.__('Try again')}
            </Button>
          }
        >
          {error.detail}
        </Banner>
      )}
      {value === null && !error && (
        <p className="hnl-Waiting" role="status">
          {isBusy ? waiting : ''}
        </p>
      )}
      {value !== null && props.children(value)}
    </>
  );
}
