import React, { type ReactNode } from 'react';

export interface IBannerProps {
  kind: 'info' | 'success' | 'warning' | 'error';
  /**
   * Buttons for what the user can do about it.
   */
  actions?: ReactNode;
  children: ReactNode;
}

/**
 * A message about a whole view, at its top. Screen readers announce errors at once.
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
