import { CloseCode } from '../../../protocol/src/close-codes.ts';
import { forLog } from '../log.ts';
import { parseFrame } from './parse-frame.ts';
import { receivePlain } from './plain-frames.ts';
import { receiveProtocol } from './protocol-frames.ts';
import type { Session } from './session.ts';

/** A frame came. Nothing in it may do more harm than to its own connection. */
export function receive(session: Session, data: Buffer, isBinary: boolean): void {
  if (!session.socket.isOpen) return;
  if (session.held) {
    session.held.push({ data, isBinary });
    return;
  }
  const { core } = session;
  core.stats.messages += 1;
  if (core.debug) {
    const frame = isBinary ? `${data.length} bytes` : forLog(data.toString('utf8', 0, 16_384));
    core.log.debug({ clientId: session.clientId, frame }, 'frame in');
    core.log.debug(`Total messages processed: ${core.stats.messages}`);
  }
  try {
    const parsed = parseFrame(data, isBinary, core.settings.limits.frame);
    if (parsed.error) {
      session.refuse(parsed.error.code, parsed.error.message, { field: parsed.error.field });
    } else if (session.encoding === 0) {
      receivePlain(session, parsed.frame);
    } else {
      const unfinished = receiveProtocol(session, parsed.frame);
      if (unfinished) hold(session, unfinished);
    }
  } catch (error) {
    fail(session, error);
  }
}

/** Keeps what comes behind a frame, in its order, until that frame is done; no more is read meanwhile. */
function hold(session: Session, unfinished: Promise<void>): void {
  session.held = [];
  session.socket.pause();
  unfinished
    .catch((error: unknown) => fail(session, error))
    .finally(() => {
      const held = session.held ?? [];
      session.held = undefined;
      if (!session.socket.isOpen) return;
      session.socket.resume();
      for (const { data, isBinary } of held) receive(session, data, isBinary);
    });
}

/** A fault of ours: the client comes back with nothing that could repeat it. */
function fail(session: Session, error: unknown): void {
  session.core.log.error({ err: error, clientId: session.clientId }, 'a frame could not be handled');
  session.close(CloseCode.StateInvalidated, 'Internal error');
}
