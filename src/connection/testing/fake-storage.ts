/** A tab's `sessionStorage`, for tests: what is in it outlives a page, and it can be full or forbidden. */
export class FakeStorage {
  /** `full`: nothing longer can be written. `forbidden`: it cannot even be asked for, as with blocked cookies. */
  mode: 'fine' | 'full' | 'forbidden' = 'fine';
  #items = new Map<string, string>();
  readonly #real = Object.getOwnPropertyDescriptor(window, 'sessionStorage') as PropertyDescriptor;

  constructor() {
    const storage = new Proxy({} as Storage, {
      get: (_, key) => {
        if (key === 'getItem') return (name: string) => this.#items.get(name) ?? null;
        if (key === 'setItem') return (name: string, value: string) => this.#write(name, value);
        if (key === 'removeItem') return (name: string) => this.#items.delete(name);
        return this.#items.get(String(key));
      },
      set: (_, key, value) => {
        this.#write(String(key), value);
        return true;
      },
    });
    Object.defineProperty(window, 'sessionStorage', {
      configurable: true,
      get: () => {
        if (this.mode === 'forbidden') throw new DOMException('denied', 'SecurityError');
        return storage;
      },
    });
  }

  /** What is in it, whatever the mode. */
  read(key: string): string | undefined {
    return this.#items.get(key);
  }

  /** Puts back what was read, or its absence. */
  put(key: string, value: string | undefined): void {
    if (value === undefined) this.#items.delete(key);
    else this.#items.set(key, value);
  }

  /** As in a new tab. */
  clear(): void {
    this.mode = 'fine';
    this.#items.clear();
  }

  restore(): void {
    Object.defineProperty(window, 'sessionStorage', this.#real);
  }

  #write(key: string, value: string): void {
    const { length = 0 } = this.#items.get(key) ?? '';
    if (this.mode === 'full' && value.length > length) throw new DOMException('full', 'QuotaExceededError');
    this.#items.set(key, String(value));
  }
}
