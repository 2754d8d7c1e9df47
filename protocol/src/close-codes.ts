/**
 * Close codes that servers use (RFC 6455 §7.4). Clients need no table to obey them: 1008 and 4500–4999 are
 * final, everything else reconnects.
 */
export const CloseCode = {
  /** The token is wrong, expired, or missing where one is needed. */
  InvalidAuthentication: 1008,
  /** Planned: the server restarts. */
  Restart: 4000,
  /** More was queued than the reader's limit. */
  SlowReader: 4001,
  /** Nothing was heard for two heartbeats. */
  NoSignOfLife: 4002,
  /** Drop token and positions, then reconnect. */
  StateInvalidated: 4003,
  /** Fetch a fresh token, then reconnect; without a `token-url` that is final. */
  TokenExpired: 4004,
  TooManyConnections: 4005,
  /** Went on after its errors. */
  Flood: 4006,
  /** Ended by the application. */
  Ended: 4500,
  OriginNotAllowed: 4501,
  ProtocolNotSupported: 4502,
} as const;

export type CloseCode = (typeof CloseCode)[keyof typeof CloseCode];

/** The reason that goes with {@link CloseCode.InvalidAuthentication}, as documented. */
export const INVALID_AUTHENTICATION = 'Invalid authentication';

/** Whether a client stays away after this close code. */
export function isFinal(code: number): boolean {
  return code === CloseCode.InvalidAuthentication || (code >= 4500 && code <= 4999);
}
