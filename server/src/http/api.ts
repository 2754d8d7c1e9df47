import { ApiErrorCode } from '../../../protocol/src/error-codes.ts';
import {
  CHANNEL_NAME,
  formatPosition,
  MAX_BATCH,
  MAX_HISTORY,
  USER_CHANNEL_PREFIX,
  USER_ID,
} from '../../../protocol/src/index.ts';
import type { Core } from '../core.ts';
import { PublishError } from '../hub/publish-error.ts';
import type { Publisher } from '../hub/publisher.ts';
import { errorAnswer, type HttpAnswer } from './http-answer.ts';

/** Channels of one question. */
const MAX_POSITIONS = 128;

/** What a route answers from: a body is read only where one is wanted. */
export interface ApiRequest {
  body: Buffer;
  query: URLSearchParams;
}

/** The routes under `/api/`, behind the key. */
export interface Api {
  [route: string]: { takesBody: boolean; answer(request: ApiRequest): HttpAnswer | Promise<HttpAnswer> };
}

export function createApi(core: Core, publisher: Publisher): Api {
  return Object.assign(Object.create(null), {
    'POST /api/publish': { takesBody: true, answer: ({ body }: ApiRequest) => publish(publisher, body) },
    'GET /api/position': { takesBody: false, answer: ({ query }: ApiRequest) => readPositions(core, query) },
    'GET /api/history': { takesBody: false, answer: ({ query }: ApiRequest) => readHistory(core, query) },
    'GET /api/channels': { takesBody: false, answer: () => ok({ channels: listChannels(core) }) },
    'GET /api/clients': { takesBody: false, answer: () => ok({ clients: listClients(core) }) },
    'GET /api/stats': { takesBody: false, answer: () => ok(readStats(core)) },
  });
}

function ok(body: unknown): HttpAnswer {
  return { status: 200, body };
}

async function publish(publisher: Publisher, body: Buffer): Promise<HttpAnswer> {
  let request: unknown;
  try {
    request = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return errorAnswer(400, ApiErrorCode.InvalidJson, 'expected a JSON object, got what is no JSON in UTF-8');
  }
  if (typeof request !== 'object' || request === null || Array.isArray(request)) {
    return errorAnswer(400, ApiErrorCode.InvalidJson, 'expected a JSON object');
  }
  if (!Object.hasOwn(request, 'batch')) return publishOne(publisher, request);
  const { batch } = request as { batch: unknown };
  if (!Array.isArray(batch) || batch.length < 1 || batch.length > MAX_BATCH) {
    return errorAnswer(
      400,
      ApiErrorCode.InvalidRequest,
      `batch: expected an array of 1 to ${MAX_BATCH} requests`,
      'batch',
    );
  }
  const answers = await Promise.all(batch.map((each) => publishOne(publisher, each)));
  return ok({ results: answers.map((answer) => answer.body) });
}

async function publishOne(publisher: Publisher, request: unknown): Promise<HttpAnswer> {
  try {
    return ok(await publisher.publish(request));
  } catch (error) {
    if (!(error instanceof PublishError)) throw error;
    return errorAnswer(error.status, error.code, error.message, error.field);
  }
}

/** Where channels stand, for a page that is being rendered: what comes after is not missed. */
function readPositions({ hub }: Core, query: URLSearchParams): HttpAnswer {
  const channels = query.getAll('channel');
  const users = query.getAll('user');
  if (!users.every((user) => USER_ID.test(user))) return wrongQuery('user', 'a user id');
  const names = [...channels, ...users.map((user) => USER_CHANNEL_PREFIX + user)];
  if (names.length < 1 || names.length > MAX_POSITIONS || !names.every((name) => CHANNEL_NAME.test(name))) {
    return wrongQuery('channel', `1 to ${MAX_POSITIONS} channel names`);
  }
  return ok({
    positions: Object.fromEntries(names.map((name) => [name, formatPosition(hub.position(name))])),
  });
}

/** What is kept of a channel, for a page that renders it. */
function readHistory({ hub }: Core, query: URLSearchParams): HttpAnswer {
  const user = query.get('user');
  if (user !== null && !USER_ID.test(user)) return wrongQuery('user', 'a user id');
  const channel = user === null ? (query.get('channel') ?? '') : USER_CHANNEL_PREFIX + user;
  const limit = Number(query.get('limit') ?? MAX_HISTORY);
  const before = Number(query.get('before') ?? Number.MAX_SAFE_INTEGER);
  if (!CHANNEL_NAME.test(channel)) return wrongQuery('channel', 'a channel name');
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_HISTORY) {
    return wrongQuery('limit', `a whole number from 1 to ${MAX_HISTORY}`);
  }
  if (!Number.isSafeInteger(before) || before < 1) return wrongQuery('before', 'an offset');
  const position = formatPosition(hub.position(channel));
  const page = hub.before(channel, before, limit);
  if (page === undefined) return errorAnswer(503, ApiErrorCode.Unavailable, 'the history cannot be read');
  const publications = page.entries.map(({ text }) => JSON.parse(text));
  return ok({ channel, position, publications, more: page.more });
}

function wrongQuery(field: string, expected: string): HttpAnswer {
  return errorAnswer(400, ApiErrorCode.InvalidRequest, `${field}: expected ${expected}`, field);
}

/** Who reads where; people counts a user once, however many connections. */
function listChannels({ hub }: Core): unknown[] {
  return Array.from(hub.channels, ({ name, epoch, offset, subscribers }) => {
    const people = new Set<string>();
    for (const { person } of subscribers) people.add(person.userId ?? ` ${person.clientId}`);
    return { channel: name, epoch, offset, connections: subscribers.size, people: people.size };
  });
}

function listClients({ sessions }: Core): unknown[] {
  return Array.from(sessions.values(), (session) => ({
    clientId: session.clientId,
    userId: session.identity.userId,
    name: session.identity.name,
    protocol: session.encoding === 1 ? 1 : undefined,
    address: session.address,
    connectedAt: new Date(session.connectedAt).toISOString(),
    channels: session.channels.map((channel) => channel.name),
  }));
}

function readStats({ sessions, users, hub, stats, now }: Core): unknown {
  const { startedAt, ...counters } = stats;
  return {
    connections: sessions.size,
    users: users.size,
    channels: hub.channelCount,
    ...counters,
    uptime: Math.max(0, now() - startedAt),
    memory: process.memoryUsage().rss,
  };
}
