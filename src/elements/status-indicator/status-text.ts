import type { ConnectionState, ConnectionStatus } from '../../connection/types.ts';
import type { Texts } from '../base/texts.ts';

/** `connecting` or `reconnecting`. */
export function isOnTheWay(state: ConnectionState): boolean {
  return /ing$/.test(state);
}

/** Whole seconds until the next try; undefined where none is planned, or where nothing can come of it. */
export function secondsLeft({ retryAt, offline }: ConnectionStatus, now: number): number | undefined {
  return retryAt === undefined || offline ? undefined : Math.max(0, Math.ceil((retryAt - now) / 1000));
}

/** What says a status in words, without its seconds. */
export function statusText({ state, reason = 'ended', offline }: ConnectionStatus): keyof Texts {
  if (state === 'refused')
    return `refused${reason.replace(/^./, (letter) => letter.toUpperCase())}` as keyof Texts;
  return offline && isOnTheWay(state) ? 'offline' : state;
}
