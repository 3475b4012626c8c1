import type { TranslationBundle } from '@jupyterlab/translation';

/**
 * How long ago something happened, such as `5 minutes ago`; the date if it was more than a day ago.
 *
 * @param when - RFC 3339, or milliseconds since 1970.
 */
export function ago(
  when: string | number,
  trans: TranslationBundle,
  now = Date.now()
): string {
  const time = new Date(when);
  const minutes = Math.floor((now - time.getTime()) / 60_000);
  if (Number.isNaN(minutes)) {
    return '';
  }
  if (minutes < 1) {
    return trans.__('just now');
  }
  if (minutes < 60) {
    return trans._n('%1 minute ago', '%1 minutes ago', minutes, minutes);
  }
  const hours = Math.floor(minutes / 60);
  if (hours < 24) {
    return trans._n('%1 hour ago', '%1 hours ago', hours, hours);
  }
  return time.toLocaleDateString();
}

/**
 * The month of a moment, such as `Nov 2026`; empty for what is no moment.
 *
 * @param when - RFC 3339.
 */
export function monthOf(when: string, locale?: string): string {
  const time = new Date(when);
  return Number.isNaN(time.getTime())
    ? ''
    : time.toLocaleDateString(locale, { month: 'short', year: 'numeric' });
}
