import { ISignal, Signal } from '@lumino/signaling';

/**
 * What of the panel stands in the page's address, so that it comes back with a reload and can be
 * handed on: `datasets` is a search, as the query of `GET /datasets`; `dataset` is the id of the one
 * that is shown.
 */
export type AddressKey = 'datasets' | 'dataset';

const KEYS: readonly AddressKey[] = ['datasets', 'dataset'];

export type AddressValues = Readonly<Partial<Record<AddressKey, string>>>;

/**
 * The panel's part of the page's address. JupyterLab writes the whole address anew when another
 * document comes to the front, and leaves out what it does not know: `putBack` mends that.
 */
export class PageAddress {
  constructor() {
    this._values = read();
  }

  /**
   * What stands there, or will as soon as it is put back.
   */
  get values(): AddressValues {
    return this._values;
  }

  /**
   * The page was led to another address, such as by the browser's way back.
   */
  get opened(): ISignal<this, AddressValues> {
    return this._opened;
  }

  /**
   * Have a value stand in the address from now on; null takes it out.
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
   * Write what has to stand in the address, where somebody else left it out.
   */
  putBack(): void {
    const { href, pathname, search, hash } = window.location;
    const address = pathname + withValues(search, this._values) + hash;
    if (new URL(address, href).href !== href) {
      // Not a new step for the browser's way back.
      window.history.replaceState(window.history.state, '', address);
    }
  }

  /**
   * Take over what the address says after somebody went to it; one that says nothing of the panel is
   * none of its business.
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
 * A query with our values instead of those it has; everything else stays as it is, letter by letter.
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
