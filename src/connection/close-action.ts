import { CloseCode, isFinal } from '../../protocol/src/close-codes.ts';
import type { RefusedReason } from './types.ts';

/** What a close asks of the client. Without `refused` it reconnects. */
export interface CloseAction {
  refused?: RefusedReason;
  /** The token is not used again; one is fetched before the next try. */
  dropToken?: boolean;
  dropPositions?: boolean;
}

/**
 * Reads a close code.
 *
 * @param canFetch There is a `token-url`.
 * @param fetched A fresh token has already answered a 1008.
 */
export function closeAction(code: number, canFetch: boolean, fetched: boolean): CloseAction {
  if (!code) return { refused: 'configuration' };
  if (code === CloseCode.StateInvalidated) return { dropToken: true, dropPositions: true };
  if (code === CloseCode.TokenExpired || code === CloseCode.InvalidAuthentication) {
    return canFetch && !(fetched && isFinal(code)) ? { dropToken: true } : { refused: 'token' };
  }
  if (!isFinal(code)) return {};
  return {
    refused:
      code === CloseCode.OriginNotAllowed
        ? 'origin'
        : code === CloseCode.ProtocolNotSupported
          ? 'protocol'
          : 'ended',
  };
}

/** Whether a close blames a frame: not understood, not accepted, not UTF-8, too big (RFC 6455 §7.4.1). */
export function blamesFrame(code: number): boolean {
  return code === 1002 || code === 1003 || code === 1007 || code === 1009;
}
