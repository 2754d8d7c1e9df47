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
    (isStopped(from.state)
      ? to.state === 'connecting' || to.state === 'disconnected'
      : to.state !== 'connecting');
  const same =
    from.state === to.state &&
    from.retryAt === to.retryAt &&
    from.reason === to.reason &&
    from.offline === to.offline;
  return allowed && !same ? to : from;
}
