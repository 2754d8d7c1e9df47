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
  const { state } = to;
  const allowed =
    from.state === state || state === 'disconnected' || isStopped(from.state) === (state === 'connecting');
  return allowed && JSON.stringify(to) !== JSON.stringify(from) ? to : from;
}
