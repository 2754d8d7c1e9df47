import { randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Visitor } from './visitors.ts';

/** What a visitor of the demo may do. Reading one's own `user:<id>` needs no grant. */
const grants = { read: ['lobby', 'support'], write: ['lobby', 'support'] };

/** A secret for one start of the demo, never shown and never kept. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * Signs what the page's own back end would sign for who is logged in.
 *
 * @param life - Seconds until the token expires.
 * @param rights - Channel patterns that the visitor may read and write.
 */
export function signToken(
  visitor: Visitor,
  secret: string,
  life: number,
  rights: { read: string[]; write: string[] } = grants,
): Promise<string> {
  return new SignJWT({ name: visitor.name, ...rights })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(visitor.id)
    .setExpirationTime(Math.floor(Date.now() / 1000) + life)
    .sign(new TextEncoder().encode(secret));
}
