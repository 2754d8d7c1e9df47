import { CloseCode, isFinal } from '../../protocol/src/close-codes.ts';
import type { RefusedReason } from './types.ts';

/**
 * Why a close is final; `undefined` where the client reconnects. 0 stands for a URL that the browser
 * will not open.
 *
 * @param canRenew - A fresh token may still help.
 */
export function refusedBy(code: number, canRenew: boolean): RefusedReason | undefined {
  if (!code) return 'configuration';
  if (code !== CloseCode.StateInvalidated && invalidatesToken(code)) return canRenew ? undefined : 'token';
  if (code === CloseCode.OriginNotAllowed) return 'origin';
  if (code === CloseCode.ProtocolNotSupported) return 'protocol';
  return isFinal(code) ? 'ended' : undefined;
}

/** Whether the token is not to be used again. */
export function invalidatesToken(code: number): boolean {
  return (
    code === CloseCode.InvalidAuthentication ||
    code === CloseCode.TokenExpired ||
    code === CloseCode.StateInvalidated
  );
}

/** Whether a close blames a frame: not understood, not accepted, not UTF-8, too big (RFC 6455 §7.4.1). */
export function blamesFrame(code: number): boolean {
  return [1002, 1003, 1007, 1009].includes(code);
}
