/**
 * Every option, one row each: validation, `--help`, the environment, the JSON file and the README's table come from
 * here.
 */
import { DEFAULT_CHANNEL } from '../../../protocol/src/names.ts';
import { DEFAULT_RETENTION } from '../history/retention.ts';
import type { Limits } from '../types.ts';
import {
  addressRanges,
  channelName,
  channelPatterns,
  headerSecret,
  historyPlace,
  hostName,
  origins,
  retentionRules,
  secretText,
  type ValueKind,
  wholeNumber,
  yesOrNo,
} from './value-kinds.ts';

export interface OptionRow {
  /** Name in `createServer` and in the JSON file; a limit's begins with `limits.`. */
  key: string;
  kind: ValueKind;
  default?: unknown;
  help: string;
  /** Flag and variable, where they are not the key's own. */
  name?: string;
  /** Only its length is ever told. It may also stand in a file: `--secret-file`. */
  secret?: boolean;
}

/** HS256 keys shorter than the hash weaken it (RFC 7518 §3.2). */
const SECRET_BYTES = 32;
const DAY = 86_400_000;
/** `setTimeout` and the parser of `ws` count in 32 bits. */
const MANY = 1_000_000_000;
const MEBIBYTE = 1_048_576;

/** Beside the program's working directory. */
export const DEFAULT_HISTORY = 'sqlite:data/ws-elements.sqlite';

const count = wholeNumber(1, MANY);
const bytes = wholeNumber(1, 256 * MEBIBYTE, 'bytes');

const limitRows: { [Name in keyof Limits]: Omit<OptionRow, 'key'> & { default: number } } = {
  message: { kind: count, default: 1000, help: 'Unicode code points in a chat message' },
  frame: {
    kind: wholeNumber(256, 64 * MEBIBYTE, 'bytes'),
    default: 65_536,
    help: 'bytes in a frame from a client; above four times as many the socket is closed with 1009',
  },
  publication: { kind: bytes, default: 65_536, help: "bytes in a publication's own fields, as JSON" },
  body: { kind: bytes, default: MEBIBYTE, help: 'bytes in an HTTP body' },
  publications: {
    kind: count,
    default: 100,
    help: 'publications a minute, by user, or by address without a token',
  },
  frames: {
    kind: count,
    default: 300,
    help: 'other frames a minute, by user, or by address without a token',
  },
  queued: {
    kind: wholeNumber(4096, 1024 * MEBIBYTE, 'bytes'),
    default: MEBIBYTE,
    help: 'bytes queued for one reader before it is cut off',
  },
  channels: { kind: count, default: 128, help: 'channels a connection' },
  connecting: {
    kind: wholeNumber(50, DAY, 'ms'),
    default: 10_000,
    help: 'milliseconds from TCP accept to welcome',
  },
  connections: { kind: count, default: 10_000, help: 'connections in all, counted from TCP accept' },
  connectionsPerUser: { kind: count, default: 50, help: 'connections of one user' },
  connectionsPerAddress: {
    kind: count,
    default: 1000,
    help: 'connections of one address (IPv6: one /64), counted from TCP accept',
  },
  errors: {
    kind: count,
    default: 100,
    help: 'error answers a minute before a connection is closed with 4006',
  },
};

export const optionTable: readonly OptionRow[] = [
  {
    key: 'port',
    kind: wholeNumber(0, 65_535),
    default: 8081,
    help: 'TCP port; 0 takes any free one',
  },
  { key: 'host', kind: hostName, help: 'address to listen on; every interface unless given' },
  {
    key: 'secret',
    kind: secretText(SECRET_BYTES),
    secret: true,
    help: 'secret of the tokens (HS256), at least 32 bytes; better by WS_SECRET or a file',
  },
  {
    key: 'apiKey',
    kind: headerSecret,
    secret: true,
    help: 'key of everything under /api/; without it the API is off; better by WS_API_KEY or a file',
  },
  {
    key: 'origins',
    name: 'origin',
    kind: origins,
    default: [],
    help: "origins of pages that may connect; pages from the server's own host name unless given",
  },
  {
    key: 'anonymous',
    kind: yesOrNo,
    default: false,
    help: 'lets clients in without a token, to read and write the default channel',
  },
  {
    key: 'anonymousRead',
    kind: channelPatterns,
    default: [],
    help: 'channels that clients without a token may read besides',
  },
  {
    key: 'anonymousWrite',
    kind: channelPatterns,
    default: [],
    help: 'channels that clients without a token may write besides',
  },
  {
    key: 'defaultChannel',
    kind: channelName,
    default: DEFAULT_CHANNEL,
    help: 'channel of plain clients',
  },
  {
    key: 'heartbeat',
    kind: wholeNumber(20, DAY, 'ms'),
    default: 25_000,
    help: 'milliseconds of silence before a ping; closed after twice as many without a sign of life',
  },
  {
    key: 'history',
    kind: historyPlace,
    default: DEFAULT_HISTORY,
    help: 'where publications are kept',
  },
  {
    key: 'retention',
    kind: retentionRules,
    default: [],
    help: `how much of which channels is kept, the first rule that fits; else ${DEFAULT_RETENTION.count}/30d/4M; * covers no user: channel`,
  },
  {
    key: 'trustProxy',
    kind: addressRanges,
    default: [],
    help: 'proxies whose X-Forwarded-For and X-Real-IP are believed',
  },
  { key: 'debug', kind: yesOrNo, default: false, help: 'logs every frame, tokens masked' },
  ...Object.entries(limitRows).map(([name, row]) => ({
    ...row,
    key: `limits.${name}`,
    name: `limit-${kebabCase(name)}`,
  })),
];

function kebabCase(camelCase: string): string {
  return camelCase.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** `--anonymous-read`, without the dashes. */
export function flagOf(row: OptionRow): string {
  return row.name ?? kebabCase(row.key);
}

/** `WS_ANONYMOUS_READ`. */
export function variableOf(row: OptionRow): string {
  return `WS_${flagOf(row).toUpperCase().replaceAll('-', '_')}`;
}
