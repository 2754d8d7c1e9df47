/**
 * What servers send. Clients ignore unknown fields and pass unknown types on to the page.
 */
import * as v from 'valibot';
import { ChannelName, MessageId, PositionText } from './client-frames.ts';
import { JsonObject } from './documented-messages.ts';
import { CHANNEL_NAME, EPOCH, MAX_NAME_LENGTH, SERVER_CLIENT_ID, USER_ID } from './names.ts';
import { boundedText, Text } from './text.ts';

const Epoch = v.pipe(v.string(), v.regex(EPOCH));
const Milliseconds = v.pipe(v.number(), v.integer(), v.minValue(0));
/** The position of a channel that nobody published to is 0. */
const PositionOffset = v.pipe(v.number(), v.integer(), v.minValue(0));
const Offset = v.pipe(v.number(), v.integer(), v.minValue(1));
/** ISO 8601, UTC, with milliseconds. */
export const Timestamp = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/));
/** `2024-01-01 12:00:00`, UTC. */
export const PlainTimestamp = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/));
const ClientId = Text;
const UserId = v.pipe(v.string(), v.regex(USER_ID));
const Name = boundedText(MAX_NAME_LENGTH);

export const AnnouncedLimitsSchema = v.object({
  message: v.number(),
  frame: v.number(),
  publications: v.number(),
  frames: v.number(),
  channels: v.number(),
});

export const PlainWelcome = v.object({
  type: v.literal('welcome'),
  message: v.string(),
  clientId: ClientId,
});

export const Welcome = v.object({
  ...PlainWelcome.entries,
  protocol: v.literal(1),
  userId: v.optional(UserId),
  name: v.optional(Name),
  heartbeat: Milliseconds,
  tokenExpiresIn: v.optional(Milliseconds),
  limits: AnnouncedLimitsSchema,
});

export const Subscribed = v.object({
  type: v.literal('subscribed'),
  /** Absent where the server says it anew, unasked. */
  id: v.optional(MessageId),
  channel: ChannelName,
  epoch: Epoch,
  offset: PositionOffset,
  recovered: v.optional(v.boolean()),
});

export const Unsubscribed = v.object({
  type: v.literal('unsubscribed'),
  /** Absent where the server ends a subscription, because a renewed token no longer grants it. */
  id: v.optional(MessageId),
  channel: ChannelName,
});

export const Acknowledgement = v.object({
  type: v.literal('ack'),
  id: MessageId,
  channel: ChannelName,
  epoch: Epoch,
  offset: Offset,
  timestamp: Timestamp,
});

export const AuthAcknowledgement = v.object({
  type: v.literal('ack'),
  id: MessageId,
  tokenExpiresIn: Milliseconds,
});

/** What every publication on a channel carries, whatever its type. */
const publication = {
  channel: ChannelName,
  offset: Offset,
  clientId: ClientId,
  /** The sender's message id; absent on what a back end published. */
  id: v.optional(MessageId),
  userId: v.optional(UserId),
  name: v.optional(Name),
  timestamp: Timestamp,
};

export const MessagePublication = v.looseObject({
  type: v.literal('message'),
  message: v.string(),
  ...publication,
});

/** Any other type: the documentation's, or an application's own. */
export const CustomPublication = v.looseObject({ type: v.string(), ...publication });

/**
 * What a back end published. Everything in its data but `type`, `channel`, `offset` and `clientId` is as it was
 * given: a `user_activity` names the user it is about, an order may have an `id`.
 */
export const BackEndPublication = v.looseObject({
  type: v.string(),
  channel: ChannelName,
  offset: Offset,
  clientId: v.literal(SERVER_CLIENT_ID),
  timestamp: Timestamp,
});

/** What a back end sent to one client: on no channel, without an offset, never recovered. */
export const ClientDelivery = v.looseObject({
  type: v.string(),
  clientId: v.literal(SERVER_CLIENT_ID),
  timestamp: Timestamp,
});

/** Exactly the documentation's four fields. */
export const PlainMessagePublication = v.strictObject({
  type: v.literal('message'),
  clientId: ClientId,
  message: v.string(),
  timestamp: PlainTimestamp,
});

/** Any other type, as plain clients get it: without channel and offset. */
export const PlainPublication = v.looseObject({
  type: v.string(),
  clientId: ClientId,
  timestamp: Timestamp,
});

const page = {
  channel: ChannelName,
  /** As they were when they were live, the oldest first; fewer than were asked for where they are large. */
  publications: v.array(v.union([MessagePublication, CustomPublication, BackEndPublication])),
  /** Whether there is more before them. */
  more: v.boolean(),
};

/** What is kept of a channel, a page of it. */
export const HistoryPage = v.object({ type: v.literal('history'), id: MessageId, ...page });

/** Answer of `GET /api/history`. */
export const HistoryAnswer = v.object({ position: PositionText, ...page });

/** Answer of `GET /api/position`: `epoch:offset` by channel. */
export const PositionAnswer = v.object({ positions: JsonObject });

export const TypingNotice = v.object({
  type: v.literal('typing'),
  channel: ChannelName,
  clientId: ClientId,
  userId: v.optional(UserId),
  name: v.optional(Name),
});

export const PersonSchema = v.object({
  userId: v.optional(UserId),
  clientId: v.optional(ClientId),
  name: v.optional(Name),
});

export const Presence = v.object({
  type: v.literal('presence'),
  channel: ChannelName,
  event: v.picklist(['state', 'join', 'leave']),
  users: v.array(PersonSchema),
});

export const ErrorFrame = v.object({
  type: v.literal('error'),
  code: v.string(),
  message: v.string(),
  id: v.optional(v.string()),
  channel: v.optional(v.pipe(v.string(), v.regex(CHANNEL_NAME))),
  field: v.optional(v.string()),
  retryAfter: v.optional(Milliseconds),
});

export const ServerPing = v.object({ type: v.literal('ping') });
export const ServerPong = v.object({ type: v.literal('pong') });
export const Reconnect = v.object({ type: v.literal('reconnect'), after: Milliseconds });

export type PlainWelcome = v.InferOutput<typeof PlainWelcome>;
export type Welcome = v.InferOutput<typeof Welcome>;
export type Subscribed = v.InferOutput<typeof Subscribed>;
export type Unsubscribed = v.InferOutput<typeof Unsubscribed>;
export type Acknowledgement = v.InferOutput<typeof Acknowledgement>;
export type AuthAcknowledgement = v.InferOutput<typeof AuthAcknowledgement>;
export type MessagePublication = v.InferOutput<typeof MessagePublication>;
export type CustomPublication = v.InferOutput<typeof CustomPublication>;
export type BackEndPublication = v.InferOutput<typeof BackEndPublication>;
export type ClientDelivery = v.InferOutput<typeof ClientDelivery>;
export type PlainPublication = v.InferOutput<typeof PlainPublication>;
export type PlainMessagePublication = v.InferOutput<typeof PlainMessagePublication>;
export type HistoryPage = v.InferOutput<typeof HistoryPage>;
export type HistoryAnswer = v.InferOutput<typeof HistoryAnswer>;
export type PositionAnswer = v.InferOutput<typeof PositionAnswer>;
export type TypingNotice = v.InferOutput<typeof TypingNotice>;
export type Presence = v.InferOutput<typeof Presence>;
export type ErrorFrame = v.InferOutput<typeof ErrorFrame>;
export type Reconnect = v.InferOutput<typeof Reconnect>;

export type ServerFrame =
  | Welcome
  | PlainWelcome
  | Subscribed
  | Unsubscribed
  | Acknowledgement
  | AuthAcknowledgement
  | MessagePublication
  | CustomPublication
  | BackEndPublication
  | ClientDelivery
  | PlainPublication
  | PlainMessagePublication
  | HistoryPage
  | TypingNotice
  | Presence
  | ErrorFrame
  | Reconnect;
