import React, { type ReactNode } from 'react';

/**
 * A link to another page, which does not tell where it was opened from. What it is made of comes
 * from other people: only addresses of the web become links.
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
