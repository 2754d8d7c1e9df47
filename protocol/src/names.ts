/**
 * Names and bounds of the protocol. Free of dependencies: the browser bundle takes them too.
 */

/** The version asked for by `?protocol=1`; the only one there is. */
export const PROTOCOL_VERSION = 1;

/** The channel of plain clients, unless a server is configured otherwise. */
export const DEFAULT_CHANNEL = 'lobby';

/** The channel that everyone may read and every page follows. */
export const BROADCAST_CHANNEL = 'broadcast';

/** `user:<id>`: readable by that user alone. */
export const USER_CHANNEL_PREFIX = 'user:';

/** Type by which a user tells the own channel what became of notifications. */
export const NOTIFICATION_MARK = 'notification_mark';

/** `clientId` of what a back end publishes. */
export const SERVER_CLIENT_ID = 'server';

/** 1–128 characters, the first a letter or digit. */
export const CHANNEL_NAME = /^[A-Za-z0-9][A-Za-z0-9_.:@/-]{0,127}$/;

/** What may stand behind `user:`, so that the whole is a channel name. */
export const USER_ID = /^[A-Za-z0-9_.:@/-]{1,123}$/;

/** A channel name, or a prefix of one and `*`; `*` alone is every channel but users'. */
export const CHANNEL_PATTERN =
  /^(?:[A-Za-z0-9][A-Za-z0-9_.:@/-]{0,127}|(?:[A-Za-z0-9][A-Za-z0-9_.:@/-]{0,126})?\*)$/;

/** Life of a channel's numbering. */
export const EPOCH = /^[A-Za-z0-9_-]{1,16}$/;

/** Message and request ids: the client's own, random. */
export const MESSAGE_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** The random session id of a client without a token, `?session=`. */
export const SESSION_ID = /^[A-Za-z0-9_-]{16,64}$/;

/** Type of a publication: an application's own, or one of the documentation's. */
export const MESSAGE_TYPE = /^[A-Za-z][A-Za-z0-9_.:-]{0,63}$/;

/** Longest `name` of a person, in Unicode code points. */
export const MAX_NAME_LENGTH = 64;

/** Types that carry the protocol itself and can therefore never be published. */
export const PROTOCOL_TYPES = [
  'welcome',
  'subscribe',
  'subscribed',
  'unsubscribe',
  'unsubscribed',
  'ack',
  'history',
  'typing',
  'presence',
  'auth',
  'ping',
  'pong',
  'error',
  'reconnect',
] as const;

export type ProtocolType = (typeof PROTOCOL_TYPES)[number];

/** Whether a type belongs to the protocol rather than to applications. */
export function isProtocolType(type: string): type is ProtocolType {
  return (PROTOCOL_TYPES as readonly string[]).includes(type);
}
