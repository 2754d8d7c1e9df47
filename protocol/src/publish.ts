/**
 * `POST /api/publish`: one request, or a batch of up to {@link MAX_BATCH}.
 */
import * as v from 'valibot';
import { ChannelName } from './client-frames.ts';
import { USER_ID } from './names.ts';
import { boundedText } from './text.ts';
import { parseTimestamp, TIMESTAMP } from './timestamps.ts';

/** Requests in a batch. */
export const MAX_BATCH = 1000;

/**
 * Whether a time exists, where {@link TIMESTAMP} sees only digits: JavaScript takes 30 February for 1 March, and a zone may
 * lead out of the years that have four digits, in which every time is passed on.
 */
function isExistingTime(text: string): boolean {
  const day = text.slice(0, 10);
  return (
    parseTimestamp(`${day} 00:00`)?.toISOString().startsWith(day) === true &&
    /^\d{4}-/.test(parseTimestamp(text)?.toISOString() ?? '')
  );
}

/** A time that exists. */
export const existingTime = v.check<string, string>(isExistingTime, 'expected a time that exists');

/** When it happened, as a back end says it. */
export const GivenTimestamp = v.pipe(
  v.string(),
  v.regex(TIMESTAMP, 'expected ISO 8601 or YYYY-MM-DD HH:MM:SS, in UTC where no zone is given'),
  existingTime,
);

/** Exactly one of `channel`, `user`, `client` and `broadcast`; the server checks that. */
export const PublishRequest = v.object({
  channel: v.optional(ChannelName),
  user: v.optional(v.pipe(v.string(), v.regex(USER_ID, 'expected 1–123 of A–Z a–z 0–9 _ . : @ / -'))),
  client: v.optional(boundedText(128)),
  broadcast: v.optional(v.literal(true, 'expected true')),
  /** The message with its `type`; `timestamp` is added where absent. */
  data: v.looseObject({ type: v.string(), timestamp: v.optional(GivenTimestamp) }),
  /** Per target, ten minutes: the same key again is answered as the first was. */
  idempotencyKey: v.optional(boundedText(255)),
});

export const PublishBatch = v.object({
  batch: v.pipe(v.array(v.unknown()), v.minLength(1), v.maxLength(MAX_BATCH)),
});

export const PublishAnswer = v.object({
  channel: v.string(),
  epoch: v.string(),
  offset: v.pipe(v.number(), v.integer(), v.minValue(1)),
  deduplicated: v.boolean(),
});

/** The answer where the target is one client: nothing is kept, so there is no offset. */
export const DeliveryAnswer = v.object({ delivered: v.boolean() });

export const ApiError = v.object({
  error: v.object({ code: v.string(), message: v.string(), field: v.optional(v.string()) }),
});

export const BatchAnswer = v.object({
  results: v.array(v.union([PublishAnswer, DeliveryAnswer, ApiError])),
});

export type PublishRequest = v.InferOutput<typeof PublishRequest>;
export type PublishAnswer = v.InferOutput<typeof PublishAnswer>;
export type DeliveryAnswer = v.InferOutput<typeof DeliveryAnswer>;
export type ApiError = v.InferOutput<typeof ApiError>;
export type BatchAnswer = v.InferOutput<typeof BatchAnswer>;
