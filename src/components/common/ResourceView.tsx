import type { TranslationBundle } from '@jupyterlab/translation';
import React, { type ReactNode } from 'react';

import type { IAsyncResource } from '../../types/asyncResource';
import { Banner } from './Banner';
import { Button } from './Button';

export interface IResourceViewProps<T> {
  resource: IAsyncResource<T>;
  /**
   * The message while the first value is loading.
   */
  waiting: string;
  children: (value: T) => ReactNode;
  trans: TranslationBundle;
}

/**
 * Shows a value once it is loaded; an error comes with a button to try again.
 */
export function ResourceView<T>(props: IResourceViewProps<T>): JSX.Element {
  const { resource, waiting, trans } = props;
  const { value, error, isLoading } = resource;
  return (
    <>
      {error && (
        <Banner
          kind={value === null ? 'error' : 'warning'}
          actions={
            <Button onClick={() => void resource.load()}>
              {trans.__('Try again')}
            </Button>
          }
        >
          {error.detail}
        </Banner>
      )}
      {value === null && !error && (
        <p className="hnl-Waiting" role="status">
          {isLoading ? waiting : ''}
        </p>
      )}
      {value !== null && props.children(value)}
    </>
  );
}
