import type { ConnectionState, ConnectionStatus } from './types.ts';

/** Stays so until the page asks for a connection. */
export function isStopped(state: ConnectionState): boolean {
  return state === 'disconnected' || state === 'refused';
}

/**
 * The status after a wish to change it: `to`, or the very same object where nothing changes. What has stopped moves
 * only by the page's own doing, to `connecting` or `disconnected`; late news of a socket do not revive it. Only what
 * has stopped is ever `connecting`: every later try is `reconnecting`.
 */
export function nextStatus(from: ConnectionStatus, to: ConnectionStatus): ConnectionStatus {
  const allowed =
    from.state === to.state ||
    to.state === 'disconnected' ||
    isStopped(from.state) === (to.state === 'connecting');
  const changes = (['state', 'retryAt', 'reason', 'offline'] as const).some((key) => from[key] !== to[key]);
  return allowed && changes ? to : from;
}
