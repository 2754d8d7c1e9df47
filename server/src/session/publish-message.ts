import { ErrorCode } from '../../../protocol/src/error-codes.ts';
import { NOTIFICATION_MARK, USER_CHANNEL_PREFIX } from '../../../protocol/src/names.ts';
import { maySend, mayWrite } from '../auth/grants.ts';
import type { Known } from '../history/history.ts';
import { checkData } from '../hub/check-data.ts';
import { toPublication } from '../hub/publication.ts';
import type { Session } from './session.ts';

/**
 * A client's publication, from grant to delivery. `frame` has passed its own schema; whether its type's fields are right is
 * looked at here.
 *
 * @param id Absent from plain clients, which get no `ack` either.
 */
export function publishMessage(
  session: Session,
  channel: string,
  frame: { type: string; [field: string]: unknown },
  id?: string,
): void {
  const { core } = session;
  const { limits } = core.settings;
  const detail = { id, channel };
  const { grants, userId } = session.identity;
  const isOwnMark = frame.type === NOTIFICATION_MARK && channel === USER_CHANNEL_PREFIX + userId;
  if (!isOwnMark && !mayWrite(grants, channel)) {
    session.refuse(ErrorCode.Forbidden, `${channel}: writing is not granted`, detail);
    return;
  }
  if (!isOwnMark && !maySend(grants, frame.type)) {
    session.refuse(ErrorCode.Forbidden, `${channel}: sending ${frame.type} is not granted`, {
      ...detail,
      field: 'type',
    });
    return;
  }
  const checked = checkData(frame);
  if (checked.problem) {
    session.refuse(ErrorCode.InvalidFrame, checked.problem.message, {
      ...detail,
      field: checked.problem.field,
    });
    return;
  }
  const { message } = checked.data;
  if (frame.type === 'message' && typeof message === 'string' && isLonger(message, limits.message)) {
    session.refuse(ErrorCode.MessageTooLong, `message: expected at most ${limits.message} characters`, {
      ...detail,
      field: 'message',
    });
    return;
  }

  const now = core.now();
  const key = id && `message ${session.sender} ${id}`;
  const before = key && core.hub.find(key);
  if (id && before) {
    if (session.allow('frames', detail)) acknowledge(session, id, before);
    return;
  }

  const { name } = session.identity;
  const publication = toPublication({
    type: frame.type,
    data: frame.type === 'message' ? { message } : checked.data,
    sender: { clientId: session.clientId, userId, name },
    id,
    time: new Date(now),
    fromBackEnd: false,
  });
  if (publication === undefined) {
    session.refuse(ErrorCode.InvalidJson, 'expected less deeply nested fields', detail);
    return;
  }
  const bytes = Buffer.byteLength(publication.fields);
  if (bytes > limits.publication) {
    session.refuse(
      ErrorCode.FrameTooLarge,
      `expected a publication of at most ${limits.publication} bytes, got ${bytes}`,
      detail,
    );
    return;
  }
  if (!session.allow('publications', detail)) return;

  session.publishing += 1;
  core.hub.publish(channel, publication, key, (outcome) => {
    session.publishing -= 1;
    if (outcome === undefined) {
      session.error(ErrorCode.Unavailable, 'the message could not be kept', detail);
      return;
    }
    core.stats.publications += outcome.isFirst ? 1 : 0;
    if (id !== undefined) acknowledge(session, id, outcome);
  });
}

function acknowledge(session: Session, id: string, { channel, epoch, offset, time }: Known): void {
  session.send({ type: 'ack', id, channel, epoch, offset, timestamp: new Date(time).toISOString() });
}

/** Whether a text has more code points than the limit; its length in UTF-16 is never less. */
function isLonger(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  if (text.length > 2 * limit) return true;
  let count = 0;
  for (const _ of text) if (++count > limit) return true;
  return false;
}
