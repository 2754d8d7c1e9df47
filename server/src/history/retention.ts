import { covers } from '../../../protocol/src/index.ts';

/** How much of a channel is kept: whatever is met first ends it. */
export interface Retention {
  /** Publications. 0: none. */
  count: number;
  /** ms. */
  age: number;
  /** Bytes of their frames. */
  bytes: number;
}

/** Retention of the channels that a pattern covers. */
export interface RetentionRule extends Retention {
  pattern: string;
}

const DAY = 86_400_000;

/** For channels that no rule covers. */
export const DEFAULT_RETENTION: Retention = { count: 1000, age: 30 * DAY, bytes: 4 * 1024 * 1024 };

/** The first rule that covers a channel decides. */
export function retentionOf(channel: string, rules: readonly RetentionRule[]): Retention {
  return rules.find(({ pattern }) => covers(pattern, channel)) ?? DEFAULT_RETENTION;
}

const units: Readonly<Record<string, number>> = {
  '': 1,
  k: 1024,
  M: 1024 ** 2,
  G: 1024 ** 3,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: DAY,
};

/** Reads `PATTERN=COUNT/AGE/BYTES` such as `user:*=500/30d/1M`; what is left out is as by default. */
export function parseRetention(text: string): RetentionRule | undefined {
  const [, pattern, count, age, ageUnit = '', bytes, bytesUnit = ''] =
    /^([^=]+)=(\d{1,9})?(?:\/(\d{1,9})?([smhd])?)?(?:\/(\d{1,9})?([kMG])?)?$/.exec(text) ?? [];
  if (pattern === undefined || (age && !ageUnit) || (!age && ageUnit) || (!bytes && bytesUnit))
    return undefined;
  return {
    pattern,
    count: count ? Number(count) : DEFAULT_RETENTION.count,
    age: age ? Number(age) * (units[ageUnit] ?? 1) : DEFAULT_RETENTION.age,
    bytes: bytes ? Number(bytes) * (units[bytesUnit] ?? 1) : DEFAULT_RETENTION.bytes,
  };
}

/** Takes a rule that is an object already, as in JSON; ms and bytes. */
export function asRetention(value: unknown): RetentionRule | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { pattern, ...given } = value as Partial<RetentionRule>;
  const { count, age, bytes, ...rest } = { ...DEFAULT_RETENTION, ...given };
  const isRight = [count, age, bytes].every((number) => Number.isSafeInteger(number) && number >= 0);
  return typeof pattern === 'string' && isRight && Object.keys(rest).length === 0
    ? { pattern, count, age, bytes }
    : undefined;
}
