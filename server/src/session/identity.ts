import { personName } from '../auth/person-name.ts';
import type { Bearer } from '../auth/token.ts';
import type { Settings } from '../options/settings.ts';
import type { Identity } from './session.ts';

export function bearerIdentity({ userId, name, expiresAt, read, write, types }: Bearer): Identity {
  return { userId, name: personName(name), expiresAt, grants: { read, write, types } };
}

/** Someone without a token: may do what everyone may. */
export function guestIdentity({ defaultChannel, anonymousRead, anonymousWrite }: Settings): Identity {
  const read = [defaultChannel, ...anonymousRead];
  const write = [defaultChannel, ...anonymousWrite];
  return {
    userId: undefined,
    name: undefined,
    expiresAt: Number.POSITIVE_INFINITY,
    grants: { read, write, types: [] },
  };
}

/** Life that a token has left, in whole ms. */
export function remaining(expiresAt: number, now: number): number {
  return Math.max(0, Math.floor(expiresAt - now));
}
