import React, { type ReactNode } from 'react';

/**
 * A link to another site, opened without a referrer. The address comes from other people, so only
 * http(s) addresses become links; any other is shown as text.
 */
export function WebLink(props: {
  href: string;
  className?: string;
  children?: ReactNode;
}): JSX.Element {
  const { href, className, children } = props;
  return /^https?:\/\//i.test(href) ? (
    <a
      href={href}
      className={className}
      target="_blank"
      rel="noopener noreferrer"
    >
      {children || href}
    </a>
  ) : (
    <>{children || href}</>
  );
}
