import type { IncomingMessage } from 'node:http';
import { CloseCode, INVALID_AUTHENTICATION } from '../../../protocol/src/close-codes.ts';
import { SESSION_ID } from '../../../protocol/src/names.ts';
import { personName } from '../auth/person-name.ts';
import { isOriginAllowed } from '../net/origin.ts';
import type { Settings } from '../options/settings.ts';

/** What an upgrade request asks for. */
export interface Handshake {
  origin: string | undefined;
  host: string | undefined;
  /** As it was asked for; `null` is plain. */
  protocol: string | null;
  /** Absent and empty are one: nobody is logged in. */
  token: string | undefined;
  session: string | undefined;
  name: string | undefined;
}

/** A client that is let in only to be told by a close code why it may not stay. */
export interface Refusal {
  code: number;
  reason: string;
  /** For the log: what was wrong, and what to do where it is meant to be right. */
  detail: string;
}

export function readHandshake({ url = '', headers }: Pick<IncomingMessage, 'url' | 'headers'>): Handshake {
  const question = url.indexOf('?');
  const query = new URLSearchParams(question < 0 ? '' : url.slice(question + 1));
  const session = query.get('session');
  const origin = headers.origin ?? headers['sec-websocket-origin'];
  return {
    origin: Array.isArray(origin) ? origin.join() : origin,
    host: headers.host,
    protocol: query.get('protocol'),
    token: query.get('token') || undefined,
    session: session !== null && SESSION_ID.test(session) ? ownCopy(session) : undefined,
    name: personName(query.get('name')),
  };
}

/** What can be refused before a token is looked at. */
export function refuse(handshake: Handshake, settings: Settings): Refusal | undefined {
  const { origin, host, protocol } = handshake;
  if (!isOriginAllowed(origin, host, settings.origins)) {
    return {
      code: CloseCode.OriginNotAllowed,
      reason: 'Origin not allowed',
      detail: `origin ${JSON.stringify(origin)} is not allowed; allow it with --origin`,
    };
  }
  if (protocol !== null && protocol !== '1') {
    return {
      code: CloseCode.ProtocolNotSupported,
      reason: 'Protocol not supported',
      detail: `protocol=${JSON.stringify(protocol.slice(0, 20))} is not supported; 1 is`,
    };
  }
  return undefined;
}

export function invalidAuthentication(detail: string): Refusal {
  return { code: CloseCode.InvalidAuthentication, reason: INVALID_AUTHENTICATION, detail };
}

/** A part of a string keeps the whole alive: here a URL, with a token in it, for as long as the connection. */
function ownCopy(text: string): string {
  return Buffer.from(text).toString();
}
