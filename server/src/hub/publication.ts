/**
 * A publication on its way to the wire. Its own fields are serialised once; each encoding puts the protocol's around
 * them.
 */
import { plainTimestamp } from '../../../protocol/src/timestamps.ts';

/** Fields that the server says and nobody else, and one that is a trap to every page that merges objects. */
const SERVER_FIELDS = ['type', 'channel', 'offset', 'epoch', 'clientId', 'timestamp', '__proto__'] as const;
/** A back end's are its own: whom it tells something about, which order. A client could say it was anyone. */
const SENDER_FIELDS = ['id', 'userId', 'name'] as const;

export interface Publication {
  type: string;
  /** The sender's message id. */
  id?: string;
  clientId: string;
  userId?: string;
  name?: string;
  /** JSON of its own fields, without the braces; may be empty. */
  fields: string;
  /** Text of a chat message, which is all that plain clients get of one. */
  message?: string;
  /** When it was accepted. */
  time: Date;
  /** When it was according to its back end. */
  timestamp?: Date;
}

export interface Sender {
  clientId: string;
  userId?: string;
  name?: string;
}

/** What a client or back end wants published. */
export interface Draft {
  type: string;
  data: { readonly [field: string]: unknown };
  sender: Sender;
  id?: string;
  time: Date;
  timestamp?: Date;
  /** `data` may say whom it is about. */
  fromBackEnd: boolean;
}

/**
 * Serialises a draft. `undefined` if that cannot be: what is nested so deep that the stack ends can be read as JSON but
 * not written.
 */
export function toPublication(draft: Draft): Publication | undefined {
  const { type, data, sender, id, time, timestamp, fromBackEnd } = draft;
  const own: Record<string, unknown> = { ...data };
  for (const field of SERVER_FIELDS) delete own[field];
  if (!fromBackEnd) for (const field of SENDER_FIELDS) delete own[field];
  let json: string | undefined;
  try {
    json = JSON.stringify(own);
  } catch {
    return undefined;
  }
  if (!json?.startsWith('{')) return undefined;
  return {
    type,
    id,
    ...sender,
    fields: json.slice(1, -1),
    message: type === 'message' && typeof data.message === 'string' ? data.message : undefined,
    time,
    timestamp,
  };
}

/** As clients with `protocol=1` get it; without a position what goes to one client. */
export function encode(publication: Publication, at?: { channel: string; offset: number }): string {
  const { type, id, clientId, userId, name, fields, time, timestamp = time } = publication;
  const head = JSON.stringify({ type, channel: at?.channel, offset: at?.offset, id, clientId, userId, name });
  return surround(head, fields, timestamp.toISOString());
}

/** As the documentation has it: a message's four fields; of any other type its own and who sent it. */
export function encodePlain(publication: Publication): string {
  const { type, clientId, userId, name, fields, message, time, timestamp = time } = publication;
  if (message !== undefined) {
    return JSON.stringify({ type, clientId, message, timestamp: plainTimestamp(timestamp) });
  }
  return surround(JSON.stringify({ type, clientId, userId, name }), fields, timestamp.toISOString());
}

function surround(head: string, fields: string, timestamp: string): string {
  return `${head.slice(0, -1)},${fields}${fields && ','}"timestamp":"${timestamp}"}`;
}
