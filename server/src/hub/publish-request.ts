import * as v from 'valibot';
import {
  ApiErrorCode,
  BROADCAST_CHANNEL,
  isProtocolType,
  PublishRequest,
  parseTimestamp,
  USER_CHANNEL_PREFIX,
} from '../../../protocol/src/index.ts';
import { SERVER_CLIENT_ID } from '../../../protocol/src/names.ts';
import { checkData, describeIssue } from './check-data.ts';
import { type Publication, toPublication } from './publication.ts';
import { PublishError } from './publish-error.ts';

/** A publish request that is right. */
export interface CheckedRequest {
  target: { channel: string } | { client: string };
  publication: Publication;
  idempotencyKey: string | undefined;
}

const TARGETS = ['channel', 'user', 'client', 'broadcast'] as const;
/** What only the server says; a back end that sets them expects something that will not happen. */
const POSITION_FIELDS = ['channel', 'offset', 'epoch'] as const;

/**
 * Reads one publish request.
 *
 * @param limit Bytes of the publication's own fields.
 * @throws {PublishError} It is wrong, or too large.
 */
export function checkPublishRequest(request: unknown, limit: number, now: number): CheckedRequest {
  if (typeof request !== 'object' || request === null || Array.isArray(request)) {
    throw new PublishError(ApiErrorCode.InvalidRequest, 'expected a JSON object');
  }
  const given = TARGETS.filter((name) => Object.hasOwn(request, name));
  if (given.length !== 1) {
    throw new PublishError(
      ApiErrorCode.InvalidRequest,
      `expected exactly one of channel, user, client and broadcast, got ${given.join(', ') || 'none'}`,
      given[1] ?? 'channel',
    );
  }
  const result = v.safeParse(PublishRequest, request, { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    const field = v.getDotPath(issue) ?? undefined;
    throw invalid(field, describeIssue(issue));
  }
  const { channel, user, client, idempotencyKey } = result.output;
  const { data } = request as PublishRequest;
  return {
    target: client === undefined ? { channel: channel ?? userChannel(user) } : { client },
    publication: readData(data, limit, now),
    idempotencyKey,
  };
}

function userChannel(user: string | undefined): string {
  return user === undefined ? BROADCAST_CHANNEL : `${USER_CHANNEL_PREFIX}${user}`;
}

function readData(data: { type: string; [field: string]: unknown }, limit: number, now: number): Publication {
  const { type, timestamp } = data;
  if (isProtocolType(type)) throw invalid('data.type', `${type} belongs to the protocol`);
  for (const field of POSITION_FIELDS) {
    if (Object.hasOwn(data, field)) throw invalid(`data.${field}`, 'this field is the server’s to say');
  }
  const checked = checkData(data);
  if (checked.problem) {
    throw new PublishError(
      ApiErrorCode.InvalidRequest,
      `data.${checked.problem.message}`,
      `data.${checked.problem.field}`,
    );
  }
  const publication = toPublication({
    type,
    data: checked.data,
    sender: { clientId: SERVER_CLIENT_ID },
    time: new Date(now),
    timestamp: typeof timestamp === 'string' ? parseTimestamp(timestamp) : undefined,
    fromBackEnd: true,
  });
  if (publication === undefined) throw invalid('data', 'expected less deeply nested fields');
  const bytes = Buffer.byteLength(publication.fields);
  if (bytes > limit) {
    throw new PublishError(
      ApiErrorCode.TooLarge,
      `data: expected at most ${limit} bytes, got ${bytes}`,
      'data',
    );
  }
  return publication;
}

function invalid(field: string | undefined, problem: string): PublishError {
  return new PublishError(ApiErrorCode.InvalidRequest, field ? `${field}: ${problem}` : problem, field);
}
