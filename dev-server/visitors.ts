import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Who looks at the demo. There are no passwords here: everyone is who they say they are. */
export interface Visitor {
  readonly id: string;
  readonly name: string;
  /** Named by `?as=`, rather than by the browser's cookie. */
  readonly as?: string;
  /** Sent where the browser had no cookie yet. */
  readonly setCookie?: string;
}

const COOKIE = 'demo-visitor';

/** Browsers whose names are remembered; the oldest is forgotten first. */
const MAX_REMEMBERED = 1000;

const NAMES = [
  ['Mira', 'Jonas', 'Aylin', 'Theo', 'Leila', 'Henrik', 'Zofia', 'Rafael', 'Noor', 'Emil', 'Ingrid', 'Kofi'],
  ['Marta', 'Sami', 'Elif', 'Oskar', 'Yara', 'Luca', 'Freya', 'Diego', 'Hana', 'Milan', 'Priya', 'Anton'],
].flat();

/** Gives each browser a name and keeps it: by a cookie, so that each of its windows is the same person. */
export class Visitors {
  readonly #names = new Map<string, string>();

  /** @param as - `?as=`: a person of that name instead, so that two windows can be two people. */
  recognise(request: IncomingMessage, as: string | null): Visitor {
    const known = readCookie(request.headers.cookie);
    const cookie = known ?? randomUUID();
    const setCookie = known
      ? undefined
      : `${COOKIE}=${cookie}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax`;
    if (as && /^[a-z][a-z0-9-]{0,31}$/i.test(as)) {
      const id = as.toLowerCase();
      return { id, name: id.charAt(0).toUpperCase() + id.slice(1), as: id, setCookie };
    }
    const digest = createHash('sha256').update(cookie).digest();
    return { id: `visitor-${digest.toString('hex', 0, 6)}`, name: this.#nameOf(cookie, digest), setCookie };
  }

  #nameOf(cookie: string, digest: Buffer): string {
    const remembered = this.#names.get(cookie);
    if (remembered) return remembered;
    const start = digest.readUInt16BE(6);
    const taken = new Set(this.#names.values());
    const candidates = NAMES.map((_, i) => NAMES[(start + i) % NAMES.length] as string);
    const name =
      candidates.find((candidate) => !taken.has(candidate)) ??
      `${candidates[0]} ${digest.toString('hex', 0, 2)}`;
    this.#names.set(cookie, name);
    for (const oldest of this.#names.keys()) {
      if (this.#names.size <= MAX_REMEMBERED) break;
      this.#names.delete(oldest);
    }
    return name;
  }
}

function readCookie(header = ''): string | undefined {
  return new RegExp(`(?:^|;\\s*)${COOKIE}=([0-9a-f-]{36})(?:;|$)`).exec(header)?.[1];
}
