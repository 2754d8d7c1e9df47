/**
 * Kinds of option values: what is expected, in words, and how it is read from a flag, the environment or JSON. A kind
 * answers `undefined` to what is not one of its values.
 */
import { isIP } from 'node:net';
import { CHANNEL_NAME, CHANNEL_PATTERN } from '../../../protocol/src/names.ts';
import { asRetention, parseRetention, type RetentionRule } from '../history/retention.ts';
import { readRange } from '../net/address-ranges.ts';

export interface ValueKind<T = unknown> {
  /** Completes "expected …". */
  expected: string;
  /** Stands for the value in `--help`; absent for a flag without one. */
  placeholder?: string;
  /** Takes several, comma-separated or repeated. */
  list?: boolean;
  read(value: unknown): T | undefined;
}

/** A whole number; text from flags and the environment counts. */
export function wholeNumber(minimum: number, maximum: number, unit = ''): ValueKind<number> {
  return {
    expected: `a whole number from ${minimum} to ${maximum}${unit && ` (${unit})`}`,
    placeholder: 'N',
    read(value) {
      const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
      return Number.isSafeInteger(number) && (number as number) >= minimum && (number as number) <= maximum
        ? (number as number)
        : undefined;
    },
  };
}

export const yesOrNo: ValueKind<boolean> = {
  expected: 'true or false',
  read(value) {
    if (value === true || value === 'true' || value === '1') return true;
    if (value === false || value === 'false' || value === '0') return false;
    return undefined;
  },
};

/** Text of which only the length is ever told. */
export function secretText(minimumBytes: number): ValueKind<string> {
  return {
    expected: `at least ${minimumBytes} bytes`,
    placeholder: 'TEXT',
    read: (value) =>
      typeof value === 'string' && Buffer.byteLength(value) >= minimumBytes ? value : undefined,
  };
}

/** What goes into an HTTP header as it is, so that a client can send it. */
export const headerSecret: ValueKind<string> = {
  expected: 'a key without spaces at its ends, line breaks and control characters',
  placeholder: 'TEXT',
  read: (value) =>
    typeof value === 'string' && /^\S(?:.*\S)?$/.test(value) && !/\p{Cc}/u.test(value) ? value : undefined,
};

function text(expected: string, placeholder: string, accepts: (value: string) => boolean): ValueKind<string> {
  return {
    expected,
    placeholder,
    read: (value) => (typeof value === 'string' && accepts(value) ? value : undefined),
  };
}

function listOf<T>(item: ValueKind<T>, expected: string): ValueKind<T[]> {
  return {
    expected,
    placeholder: item.placeholder,
    list: true,
    read(value) {
      const items = typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value;
      if (!Array.isArray(items)) return undefined;
      const read = items.map((each) => item.read(each));
      return read.every((each) => each !== undefined) ? (read as T[]) : undefined;
    },
  };
}

const HOST_NAME = /^(?=.{1,253}$)[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?$/;

export const hostName = text(
  'a host name or an IP address',
  'HOST',
  (value) => isIP(value) !== 0 || HOST_NAME.test(value),
);

export const channelName = text('a channel name', 'CHANNEL', (value) => CHANNEL_NAME.test(value));

export const channelPatterns = listOf(
  text('a channel pattern', 'PATTERN', (value) => CHANNEL_PATTERN.test(value)),
  'channels, or prefixes of them with * behind',
);

/** As browsers write it: scheme, host, and the port unless it is the scheme's own. */
const origin: ValueKind<string> = {
  expected: 'an origin',
  placeholder: 'ORIGIN',
  read(value) {
    if (value === 'null') return value;
    if (typeof value !== 'string' || !/^https?:\/\/[^/?#@*\s]+\/?$/i.test(value)) return undefined;
    return URL.canParse(value) ? new URL(value).origin : undefined;
  },
};

export const origins = listOf(origin, 'origins such as https://shop.example or http://localhost:8080');

export const addressRanges = listOf(
  text('an IP address or a range', 'ADDRESS', (value) => readRange(value) !== undefined),
  'IP addresses or ranges such as 10.0.0.0/8',
);

export const historyPlace = text(
  'memory, or sqlite: and a file',
  'memory|sqlite:FILE',
  (value) => value === 'memory' || /^sqlite:./.test(value),
);

/** Rules of what is kept: text in flags and variables, text or objects in JSON. */
export const retentionRules = listOf(
  {
    expected: 'a rule',
    placeholder: 'PATTERN=COUNT/AGE/BYTES',
    read(value) {
      const rule = typeof value === 'string' ? parseRetention(value) : asRetention(value);
      return rule && CHANNEL_PATTERN.test(rule.pattern) ? rule : undefined;
    },
  } satisfies ValueKind<RetentionRule>,
  'rules such as lobby=500/7d/1M: channel pattern, publications, age (s, m, h, d), bytes (k, M, G)',
);

export const filePath = text('a path', 'FILE', (value) => value !== '');
