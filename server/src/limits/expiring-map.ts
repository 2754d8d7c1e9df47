/** Keeps values for a time and no more than so many of them: the oldest go first. */
export class ExpiringMap<Value> {
  readonly #entries = new Map<string, { value: Value; expiresAt: number }>();
  readonly #lifetime: number;
  readonly #capacity: number;

  /** @param lifetime ms. */
  constructor(lifetime: number, capacity: number) {
    this.#lifetime = lifetime;
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string, now: number): Value | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && now < entry.expiresAt ? entry.value : undefined;
  }

  set(key: string, value: Value, now: number): void {
    // Deleted first, so that the map's order stays that of expiry.
    this.#entries.delete(key);
    this.#entries.set(key, { value, expiresAt: now + this.#lifetime });
    if (this.#entries.size > this.#capacity) {
      const [oldest] = this.#entries.keys();
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
  }

  /** Forgets what has expired. */
  sweep(now: number): void {
    for (const [key, { expiresAt }] of this.#entries) {
      if (now < expiresAt) return;
      this.#entries.delete(key);
    }
  }
}
