import * as v from 'valibot';
import { CHANNEL_PATTERN, MAX_NAME_LENGTH, USER_CHANNEL_PREFIX, USER_ID } from './names.ts';
import { boundedText } from './text.ts';

const Patterns = v.optional(
  v.array(v.pipe(v.string(), v.regex(CHANNEL_PATTERN, 'expected a channel, or a prefix and *'))),
  [],
);

/** Claims of a token (RFC 7519). Nothing is granted that they do not name. */
export const TokenClaims = v.object({
  /** The user's id, 1–123 of `[A-Za-z0-9_.:@/-]`. */
  sub: v.pipe(v.string(), v.regex(USER_ID, 'expected 1–123 of A–Z a–z 0–9 _ . : @ / -')),
  name: v.optional(boundedText(MAX_NAME_LENGTH)),
  /** Seconds since 1970, required. */
  exp: v.number(),
  /** Channel patterns that the bearer may subscribe to. */
  read: Patterns,
  /** Channel patterns that the bearer may publish to. */
  write: Patterns,
  /** What the bearer may send beside `message` and `typing`. */
  types: v.optional(v.array(v.string()), []),
});

export type TokenClaims = v.InferOutput<typeof TokenClaims>;

/**
 * Whether a pattern covers a channel. A user's channel is covered only by a pattern that itself begins with
 * `user:`, so that `*` never opens other people's notifications.
 */
export function covers(pattern: string, channel: string): boolean {
  if (channel.startsWith(USER_CHANNEL_PREFIX) && !pattern.startsWith(USER_CHANNEL_PREFIX)) return false;
  return pattern.endsWith('*') ? channel.startsWith(pattern.slice(0, -1)) : pattern === channel;
}
