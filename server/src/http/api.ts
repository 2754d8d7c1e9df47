import { ApiErrorCode } from '../../../protocol/src/error-codes.ts';
import { MAX_BATCH } from '../../../protocol/src/publish.ts';
import type { Core } from '../core.ts';
import { PublishError } from '../hub/publish-error.ts';
import type { Publisher } from '../hub/publisher.ts';
import { errorAnswer, type HttpAnswer } from './http-answer.ts';

/** The routes under `/api/`, behind the key. A body is read only where one is wanted. */
export interface Api {
  [route: string]: { takesBody: boolean; answer(body: Buffer): HttpAnswer };
}

export function createApi(core: Core, publisher: Publisher): Api {
  return Object.assign(Object.create(null), {
    'POST /api/publish': { takesBody: true, answer: (body: Buffer) => publish(publisher, body) },
    'GET /api/channels': { takesBody: false, answer: () => ok({ channels: listChannels(core) }) },
    'GET /api/clients': { takesBody: false, answer: () => ok({ clients: listClients(core) }) },
    'GET /api/stats': { takesBody: false, answer: () => ok(readStats(core)) },
  });
}

function ok(body: unknown): HttpAnswer {
  return { status: 200, body };
}

function publish(publisher: Publisher, body: Buffer): HttpAnswer {
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
  return ok({ results: batch.map((each) => publishOne(publisher, each).body) });
}

function publishOne(publisher: Publisher, request: unknown): HttpAnswer {
  try {
    return ok(publisher.publish(request));
  } catch (error) {
    if (!(error instanceof PublishError)) throw error;
    return errorAnswer(error.status, error.code, error.message, error.field);
  }
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
