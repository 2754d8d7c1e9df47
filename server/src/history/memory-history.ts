import type { Position } from '../../../protocol/src/position.ts';
import { ExpiringMap } from '../limits/expiring-map.ts';
import { type Bounds, type Entry, type History, KEY_LIFE, type Known } from './history.ts';
import { newEpoch } from './new-epoch.ts';
import { type Retention, type RetentionRule, retentionOf } from './retention.ts';
import { takeWithin } from './take-within.ts';

/** Bytes of all channels together; the channels that were silent for longest give theirs up first. */
const MAX_BYTES = 256 * 1024 * 1024;
/** Keys that are known without their publication. */
const MAX_KEYS = 100_000;

interface Log {
  epoch: string;
  /** Of the last publication; 0 before the first. */
  offset: number;
  retention: Retention;
  /** What is kept of them, the oldest first. */
  entries: Entry[];
  bytes: number;
}

/** A history that ends with the process. */
export class MemoryHistory implements History {
  readonly isDurable = false;
  readonly #rules: readonly RetentionRule[];
  readonly #now: () => number;
  readonly #maxBytes: number;
  /** By channel, the one that was silent for longest first. */
  readonly #logs = new Map<string, Log>();
  /** Of what is kept. */
  readonly #keys = new Map<string, Entry>();
  /** Of what no longer is. */
  readonly #oldKeys = new ExpiringMap<Known>(KEY_LIFE, MAX_KEYS);
  #epoch = newEpoch();
  #bytes = 0;

  /** @param now ms since 1970. */
  constructor(rules: readonly RetentionRule[], now: () => number, maxBytes = MAX_BYTES) {
    this.#rules = rules;
    this.#now = now;
    this.#maxBytes = maxBytes;
  }

  position(channel: string): Position {
    const { epoch = this.#epoch, offset = 0 } = this.#logs.get(channel) ?? {};
    return { epoch, offset };
  }

  append(entries: readonly Entry[]): void {
    for (const entry of entries) {
      const { channel, offset, bytes, key } = entry;
      const log = this.#logs.get(channel) ?? this.#open(channel);
      // The map's order is that of the last publication.
      this.#logs.delete(channel);
      this.#logs.set(channel, log);
      log.offset = offset;
      log.entries.push(entry);
      log.bytes += bytes;
      this.#bytes += bytes;
      if (key !== undefined) this.#keys.set(key, entry);
      this.#trim(log, entry.time);
    }
    for (const log of this.#logs.values()) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#drop(log, log.entries.length, this.#now());
    }
  }

  after(channel: string, offset: number, bounds: Bounds): Entry[] | undefined {
    const log = this.#logs.get(channel);
    if (log === undefined) return offset === 0 ? [] : undefined;
    this.#trim(log, this.#now());
    if (offset > log.offset) return undefined;
    const first = log.offset - log.entries.length + 1;
    if (offset < first - 1) return undefined;
    return takeWithin(log.entries, offset - first + 1, bounds);
  }

  before(channel: string, offset: number, { count, bytes }: Bounds): { entries: Entry[]; more: boolean } {
    const log = this.#logs.get(channel);
    if (log === undefined) return { entries: [], more: false };
    this.#trim(log, this.#now());
    const first = log.offset - log.entries.length + 1;
    const end = Math.max(0, Math.min(log.entries.length, offset - first));
    let start = end;
    let left = bytes;
    while (start > 0 && end - start < count) {
      left -= log.entries[start - 1]?.bytes ?? 0;
      if (left < 0 && start < end) break;
      start -= 1;
    }
    return { entries: log.entries.slice(start, end), more: start > 0 };
  }

  find(key: string): Known | undefined {
    const entry = this.#keys.get(key);
    if (entry === undefined) return this.#oldKeys.get(key, this.#now());
    return this.#known(entry);
  }

  sweep(now: number): void {
    for (const log of this.#logs.values()) this.#trim(log, now);
    this.#oldKeys.sweep(now);
  }

  /** Its numbering ends, so what is published there anew must not look like it. */
  forget(channel: string): boolean {
    const log = this.#logs.get(channel);
    if (log === undefined) return false;
    this.#drop(log, log.entries.length, this.#now());
    this.#logs.delete(channel);
    this.#epoch = newEpoch();
    return true;
  }

  close(): void {
    this.#logs.clear();
    this.#keys.clear();
  }

  #open(channel: string): Log {
    const retention = retentionOf(channel, this.#rules);
    return { epoch: this.#epoch, offset: 0, retention, entries: [], bytes: 0 };
  }

  #trim(log: Log, now: number): void {
    const { entries, retention } = log;
    let gone = Math.max(0, entries.length - retention.count);
    let { bytes } = log;
    for (let n = 0; n < gone; n++) bytes -= entries[n]?.bytes ?? 0;
    for (; gone < entries.length; gone++) {
      const entry = entries[gone] as Entry;
      if (bytes <= retention.bytes && now - entry.time < retention.age) break;
      bytes -= entry.bytes;
    }
    if (gone > 0) this.#drop(log, gone, now);
  }

  /** Lets go of the oldest. Their keys are still known for a while. */
  #drop(log: Log, count: number, now: number): void {
    for (const entry of log.entries.splice(0, count)) {
      log.bytes -= entry.bytes;
      this.#bytes -= entry.bytes;
      if (entry.key === undefined || this.#keys.get(entry.key) !== entry) continue;
      this.#keys.delete(entry.key);
      if (now - entry.time < KEY_LIFE) this.#oldKeys.set(entry.key, this.#known(entry), now);
    }
  }

  #known({ channel, offset, time }: Entry): Known {
    return { channel, epoch: this.position(channel).epoch, offset, time };
  }
}
