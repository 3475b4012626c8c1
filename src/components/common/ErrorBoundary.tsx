import type { TranslationBundle } from '@jupyterlab/translation';
import React, { Component, type ReactNode } from 'react';

import { Banner } from './Banner';
import { Button } from './Button';

export interface IErrorBoundaryProps {
  trans: TranslationBundle;
  children: ReactNode;
}

interface IErrorBoundaryState {
  error: Error | null;
}

/**
 * Shows an error in place of a view that cannot be rendered, so that the rest keeps working.
 */
export class ErrorBoundary extends Component<
  IErrorBoundaryProps,
  IErrorBoundaryState
> {
  static getDerivedStateFromError(error: unknown): IErrorBoundaryState {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override state: IErrorBoundaryState = { error: null };

  override render(): ReactNode {
    const { error } = this.state;
    const { trans, children } = this.props;
    if (!error) {
      return children;
    }
    return (
      <Banner
        kind="error"
        actions={
          <Button onClick={() => this.setState({ error: null })}>
            {trans.__('Try again')}
          </Button>
        }
      >
        {trans.__(
          'This view could not be shown: %1. Your drafts are saved while you type, so nothing is lost.',
          error.message
        )}
      </Banner>
    );
  }
}
