import React, { type ReactNode } from 'react';

export interface IBannerProps {
  kind: 'info' | 'success' | 'warning' | 'error';
  /**
   * Buttons that do something about it.
   */
  actions?: ReactNode;
  children: ReactNode;
}

/**
 * Something to know about a whole view, above what it is about. Errors are read out at once.
 */
export function Banner({ kind, actions, children }: IBannerProps): JSX.Element {
  return (
    <div
      className={`hnl-Banner hnl-mod-${kind}`}
      role={kind === 'error' ? 'alert' : undefined}
    >
      <div className="hnl-Banner-text">{children}</div>
      {actions && <div className="hnl-Banner-actions">{actions}</div>}
    </div>
  );
}
