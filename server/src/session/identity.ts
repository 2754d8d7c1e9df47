import type { Grants } from '../auth/grants.ts';
import { personName } from '../auth/person-name.ts';
import type { Bearer } from '../auth/token.ts';
import type { Settings } from '../options/settings.ts';
import type { Identity } from './session.ts';

export function bearerIdentity({ userId, name, expiresAt, read, write, types }: Bearer): Identity {
  return { userId, name: personName(name), expiresAt, grants: { read, write, types } };
}

/** What everyone may do who comes without a token. */
export function anonymousGrants({ defaultChannel, anonymousRead, anonymousWrite }: Settings): Grants {
  return {
    read: [defaultChannel, ...anonymousRead],
    write: [defaultChannel, ...anonymousWrite],
    types: [],
  };
}

export function guestIdentity(grants: Grants, name: string | undefined): Identity {
  return { userId: undefined, name, expiresAt: Number.POSITIVE_INFINITY, grants };
}

/** Life that a token has left, in whole ms. */
export function remaining(expiresAt: number, now: number): number {
  return Math.max(0, Math.floor(expiresAt - now));
}
