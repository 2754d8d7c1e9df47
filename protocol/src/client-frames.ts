/**
 * What clients send. Unknown fields are ignored, so that a newer client can speak to an older server.
 */
import * as v from 'valibot';
import { CHANNEL_NAME, isProtocolType, MESSAGE_ID, MESSAGE_TYPE } from './names.ts';
import { POSITION } from './position.ts';
import { Text } from './text.ts';

export const ChannelName = v.pipe(
  v.string(),
  v.regex(CHANNEL_NAME, 'expected 1–128 of A–Z a–z 0–9 _ . : @ / - beginning with a letter or digit'),
);

export const MessageId = v.pipe(v.string(), v.regex(MESSAGE_ID, 'expected 1–64 of A–Z a–z 0–9 _ -'));

export const PositionText = v.pipe(v.string(), v.regex(POSITION, 'expected a position, epoch:offset'));

export const Subscribe = v.object({
  type: v.literal('subscribe'),
  id: MessageId,
  channel: ChannelName,
  since: v.optional(PositionText),
  presence: v.optional(v.boolean()),
});

export const Unsubscribe = v.object({
  type: v.literal('unsubscribe'),
  id: MessageId,
  channel: ChannelName,
});

/** Publications in one answer. */
export const MAX_HISTORY = 100;

export const History = v.object({
  type: v.literal('history'),
  id: MessageId,
  channel: ChannelName,
  /** An offset; without it the newest. */
  before: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_HISTORY)), MAX_HISTORY),
});

export const ChatMessage = v.object({
  type: v.literal('message'),
  id: MessageId,
  channel: ChannelName,
  message: Text,
});

/** The documentation's message; `clientId` and `timestamp` are the server's to say and are ignored. */
export const PlainMessage = v.object({
  type: v.literal('message'),
  message: Text,
});

export const Typing = v.object({ type: v.literal('typing'), channel: ChannelName });

export const Auth = v.object({
  type: v.literal('auth'),
  id: MessageId,
  token: v.pipe(v.string(), v.nonEmpty('expected a token, got an empty string')),
});

export const Ping = v.object({ type: v.literal('ping') });

export const Pong = v.object({ type: v.literal('pong') });

/** `history`, `typing` and the like can never be published. */
export const notOfProtocol = v.check<string, string>(
  (type) => !isProtocolType(type),
  'this type belongs to the protocol',
);

/** An application's own type, or one of the documentation's other than `message`. */
export const CustomType = v.pipe(
  v.string(),
  v.regex(MESSAGE_TYPE, 'expected 1–64 of A–Z a–z 0–9 _ . : - beginning with a letter'),
  notOfProtocol,
);

export const CustomMessage = v.looseObject({ type: CustomType, id: MessageId, channel: ChannelName });

/** Schemas by `type`; any other type is a {@link CustomMessage}. */
export const clientFrames = {
  subscribe: Subscribe,
  unsubscribe: Unsubscribe,
  history: History,
  message: ChatMessage,
  typing: Typing,
  auth: Auth,
  ping: Ping,
  pong: Pong,
} as const;

export type Subscribe = v.InferOutput<typeof Subscribe>;
export type Unsubscribe = v.InferOutput<typeof Unsubscribe>;
export type History = v.InferOutput<typeof History>;
export type ChatMessage = v.InferOutput<typeof ChatMessage>;
export type PlainMessage = v.InferOutput<typeof PlainMessage>;
export type Typing = v.InferOutput<typeof Typing>;
export type Auth = v.InferOutput<typeof Auth>;
export type Ping = v.InferOutput<typeof Ping>;
export type Pong = v.InferOutput<typeof Pong>;
export type CustomMessage = v.InferOutput<typeof CustomMessage>;

export type ClientFrame =
  | Subscribe
  | Unsubscribe
  | History
  | ChatMessage
  | Typing
  | Auth
  | Ping
  | Pong
  | CustomMessage;
