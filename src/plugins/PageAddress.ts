import { ISignal, Signal } from '@lumino/signaling';

/**
 * The panel's parameters in the page's URL, which survive a reload and can be shared: `datasets` is the
 * search, as the query of `GET /datasets`; `dataset` is the id of the dataset that is shown.
 */
export type AddressKey = 'datasets' | 'dataset';

const KEYS: readonly AddressKey[] = ['datasets', 'dataset'];

export type AddressValues = Readonly<Partial<Record<AddressKey, string>>>;

/**
 * The panel's part of the page's URL. JupyterLab rewrites the URL whenever a document is activated, and
 * drops parameters that it does not know; `putBack` adds ours again.
 */
export class PageAddress {
  constructor() {
    this._values = read();
  }

  /**
   * The values in the URL, or what they will be after `putBack`.
   */
  get values(): AddressValues {
    return this._values;
  }

  /**
   * Emitted when the page goes to another URL, for example with the browser's back button.
   */
  get opened(): ISignal<this, AddressValues> {
    return this._opened;
  }

  /**
   * Put a value into the URL; null removes it.
   */
  set(key: AddressKey, value: string | null): void {
    const values = { ...this._values };
    if (value === null) {
      delete values[key];
    } else {
      values[key] = value;
    }
    this._values = values;
    this.putBack();
  }

  /**
   * Add our values to the URL if they are missing.
   */
  putBack(): void {
    const { href, pathname, search, hash } = window.location;
    const address = pathname + withValues(search, this._values) + hash;
    if (new URL(address, href).href !== href) {
      // Replace it, so that there is no new step in the browser's history.
      window.history.replaceState(window.history.state, '', address);
    }
  }

  /**
   * Read the values after the page went to another URL. A URL without any of ours changes nothing.
   */
  follow(): void {
    const values = read();
    const isSame = KEYS.every(key => values[key] === this._values[key]);
    if (isSame || Object.keys(values).length === 0) {
      this.putBack();
    } else {
      this._values = values;
      this._opened.emit(values);
    }
  }

  private _values: AddressValues;
  private readonly _opened = new Signal<this, AddressValues>(this);
}

function read(): AddressValues {
  const query = new URLSearchParams(window.location.search);
  const found = KEYS.map(key => [key, query.get(key)] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== null));
}

/**
 * A query with our values replaced. Everything else is unchanged, including its encoding.
 */
function withValues(search: string, values: AddressValues): string {
  const others = search
    .replace(/^\?/, '')
    .split('&')
    .filter(part => part && !KEYS.some(key => part.split('=')[0] === key));
  const ours = KEYS.flatMap(key => {
    const value = values[key];
    return value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`];
  });
  const parts = [...others, ...ours];
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}
