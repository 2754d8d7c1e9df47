import { createSecretKey, type KeyObject } from 'node:crypto';
import { jwtVerify } from 'jose';
import * as v from 'valibot';
import { TokenClaims } from '../../../protocol/src/index.ts';

/** What a valid token says. */
export interface Bearer {
  userId: string;
  name: string | undefined;
  /** Milliseconds since 1970. */
  expiresAt: number;
  read: readonly string[];
  write: readonly string[];
  types: readonly string[];
}

/** Latest time that a date can have (ECMA-262 §21.4.1.1): a token's life ends there at the latest. */
const LAST_MOMENT = 8.64e15;

/** Checks tokens: HS256 and nothing else (RFC 8725 §3.1), `exp` and `sub` present. */
export class TokenVerifier {
  readonly #key: KeyObject;
  readonly #now: () => number;

  constructor(secret: string, now: () => number) {
    this.#key = createSecretKey(secret, 'utf8');
    this.#now = now;
  }

  /** Resolves with what the token says, or with the reason why it is refused. Never rejects. */
  async verify(token: string): Promise<Bearer | { refused: string }> {
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        algorithms: ['HS256'],
        requiredClaims: ['exp', 'sub'],
        currentDate: new Date(this.#now()),
      });
      const claims = v.safeParse(TokenClaims, payload);
      if (!claims.success) {
        const [issue] = claims.issues;
        return { refused: `${v.getDotPath(issue) ?? 'payload'}: ${issue.message}` };
      }
      const { sub, name, exp, read, write, types } = claims.output;
      return {
        userId: sub,
        name,
        expiresAt: Math.min(exp * 1000, LAST_MOMENT),
        read,
        write,
        types,
      };
    } catch (error) {
      return { refused: error instanceof Error ? error.message : 'unreadable' };
    }
  }
}
