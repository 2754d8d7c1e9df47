/**
 * What a client with `protocol=1` sends.
 */
import * as v from 'valibot';
import {
  type Auth,
  type ClientFrame,
  CustomMessage,
  clientFrames,
  ErrorCode,
  type History,
  isProtocolType,
  MAX_HISTORY,
  type Subscribe,
  type Typing,
  type Unsubscribe,
} from '../../../protocol/src/index.ts';
import { mayRead, mayWrite } from '../auth/grants.ts';
import { describeIssue } from '../hub/check-data.ts';
import { bearerIdentity, remaining } from './identity.ts';
import type { Frame } from './parse-frame.ts';
import { publishMessage } from './publish-message.ts';
import type { Session } from './session.ts';

/** @returns what the frames behind this one have to wait for, if anything. */
export function receiveProtocol(session: Session, frame: Frame): Promise<void> | undefined {
  const { type, id, channel } = frame;
  const isKnown = Object.hasOwn(clientFrames, type);
  if (!isKnown && isProtocolType(type)) {
    session.refuse(ErrorCode.UnsupportedType, `type: ${type} is not for clients to send here`, {
      id,
      channel,
      field: 'type',
    });
    return undefined;
  }
  const schema = isKnown ? clientFrames[type as keyof typeof clientFrames] : CustomMessage;
  const result = v.safeParse(schema as v.GenericSchema<unknown, ClientFrame>, frame, { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    const field = v.getDotPath(issue) ?? undefined;
    session.refuse(ErrorCode.InvalidFrame, `${field}: ${describeIssue(issue)}`, { id, channel, field });
    return undefined;
  }
  const checked = result.output;
  // What was published before is settled before anything is asked about it.
  if (session.publishing > 0 && isKnown && type !== 'message') session.core.hub.commit();
  switch (checked.type) {
    case 'auth':
      return auth(session, checked as Auth);
    case 'subscribe':
      subscribe(session, checked as Subscribe);
      break;
    case 'history':
      history(session, checked as History);
      break;
    case 'unsubscribe':
      unsubscribe(session, checked as Unsubscribe);
      break;
    case 'typing':
      typing(session, checked as Typing);
      break;
    case 'ping':
      if (session.allow('frames')) session.send({ type: 'pong' });
      break;
    case 'pong':
      // The answer to a ping is no frame of the client's own will.
      if (session.pongDue) session.pongDue = false;
      else session.allow('frames');
      break;
    default: {
      const { id: messageId, channel: name } = checked as CustomMessage;
      publishMessage(session, name, frame, messageId);
    }
  }
  return undefined;
}

function subscribe(session: Session, { id, channel: name, since, presence }: Subscribe): void {
  const { core } = session;
  const detail = { id, channel: name };
  if (!session.allow('frames', detail)) return;
  if (!mayRead(session.identity.grants, session.identity.userId, name)) {
    session.error(ErrorCode.Forbidden, `${name}: reading is not granted`, detail);
    return;
  }
  const { channels } = core.settings.limits;
  if (session.channels.length >= channels && !session.channels.some((channel) => channel.name === name)) {
    session.error(ErrorCode.TooManyChannels, `expected at most ${channels} channels a connection`, detail);
    return;
  }
  const channel = session.subscribe(name);
  const from = since === undefined ? undefined : core.hub.resume(channel, since);
  const recovered = since === undefined ? undefined : from !== undefined;
  const { epoch, offset } = channel;
  session.send({ type: 'subscribed', id, channel: name, epoch, offset, recovered });
  if (presence === true) core.hub.watch(channel, session);
  else if (presence === false) core.hub.unwatch(channel, session);
  if (from !== undefined) core.hub.catchUp(channel, session, from);
}

/** Pages backwards through what is kept. */
function history(session: Session, { id, channel, before, limit }: History): void {
  const { core, identity } = session;
  const detail = { id, channel };
  if (!session.allow('frames', detail)) return;
  if (!mayRead(identity.grants, identity.userId, channel)) {
    session.error(ErrorCode.Forbidden, `${channel}: reading is not granted`, detail);
    return;
  }
  const page = core.hub.before(channel, before ?? Number.MAX_SAFE_INTEGER, limit ?? MAX_HISTORY);
  if (page === undefined) {
    session.error(ErrorCode.Unavailable, 'the history cannot be read', detail);
    return;
  }
  // What is kept is JSON already.
  const publications = page.entries.map(({ text }) => text).join(',');
  const head = JSON.stringify({ type: 'history', id, channel });
  session.sendText(`${head.slice(0, -1)},"publications":[${publications}],"more":${page.more}}`);
}

function unsubscribe(session: Session, { id, channel }: Unsubscribe): void {
  if (!session.allow('frames', { id, channel })) return;
  session.unsubscribe(channel);
  session.send({ type: 'unsubscribed', id, channel });
}

function typing(session: Session, { channel }: Typing): void {
  const { core, identity, clientId } = session;
  if (!session.allow('frames', { channel })) return;
  if (!mayWrite(identity.grants, channel)) {
    session.error(ErrorCode.Forbidden, `${channel}: writing is not granted`, { channel });
    return;
  }
  core.hub.tellTyping(channel, session, { clientId, userId: identity.userId, name: identity.name });
}

/** Renews the token, for the same user. */
async function auth(session: Session, { id, token }: Auth): Promise<void> {
  if (!session.allow('frames', { id })) return;
  const { core } = session;
  const bearer = await core.verifier?.verify(token);
  if (!session.socket.isOpen) return;
  if (bearer === undefined || 'refused' in bearer) {
    session.error(ErrorCode.InvalidToken, 'token: wrong or expired', { id, field: 'token' });
  } else if (bearer.userId !== session.identity.userId) {
    session.error(ErrorCode.InvalidToken, 'token: it is for another user', { id, field: 'token' });
  } else {
    session.identity = bearerIdentity(bearer);
    session.send({ type: 'ack', id, tokenExpiresIn: remaining(bearer.expiresAt, core.now()) });
    dropUngranted(session);
  }
}

/** Ends the subscriptions that a renewed token grants no more. */
function dropUngranted(session: Session): void {
  const { grants, userId } = session.identity;
  for (const { name } of session.channels) {
    if (mayRead(grants, userId, name)) continue;
    session.unsubscribe(name);
    session.error(ErrorCode.Forbidden, `${name}: reading is no longer granted`, { channel: name });
    session.send({ type: 'unsubscribed', channel: name });
  }
}
