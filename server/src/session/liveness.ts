import { CloseCode } from '../../../protocol/src/close-codes.ts';
import type { Session } from './session.ts';

/**
 * Looks after one connection: ends it with its token or when nothing came for two heartbeats, pings it in the silence
 * before. That bytes came is sign enough, so nothing has to be noted with each frame.
 */
export function checkLiveness(session: Session, now: number): void {
  const { socket, core } = session;
  const { heartbeat } = core.settings;
  const tcp = socket.tcp;
  if (!socket.isOpen || tcp === undefined) return;
  if (now >= session.identity.expiresAt) {
    session.close(CloseCode.TokenExpired, 'Token expired');
    return;
  }
  if (tcp.bytesRead !== socket.bytesSeen) {
    socket.bytesSeen = tcp.bytesRead;
    session.heardAt = now;
  }
  if (socket.spoke) {
    socket.spoke = false;
    session.spokeAt = now;
  }
  // Whoever was not asked, because this machine slept or was too busy, is asked first.
  if (now - session.heardAt >= 2 * heartbeat && session.pingedAt > session.heardAt) {
    session.close(CloseCode.NoSignOfLife, 'No sign of life');
  } else if (
    now - session.spokeAt >= heartbeat ||
    now - Math.max(session.heardAt, session.pingedAt) >= heartbeat
  ) {
    ping(session, now);
  }
}

function ping(session: Session, now: number): void {
  session.pongDue = true;
  session.pingedAt = session.spokeAt = now;
  if (session.encoding === 1) session.send({ type: 'ping' });
  else session.socket.ping();
}
