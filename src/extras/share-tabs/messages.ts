/**
 * What the tabs of a group tell each other, all of them over one BroadcastChannel.
 */

/** What the leader's broker tells a tab: the three callbacks of a transport. */
export type Told =
  /** Answers the tab's `open` of this number: it may have opened again since. */
  | { readonly kind: 'opened'; readonly count: number }
  | { readonly kind: 'frame'; readonly text: string }
  | { readonly kind: 'closed'; readonly code: number; readonly reason: string };

/** What a tab asks of the leader's broker. */
export type Asked =
  /** Begins anew, whatever was before. `url` is the tab's own, with its token. */
  | { readonly kind: 'open'; readonly url: string; readonly count: number }
  | { readonly kind: 'frame'; readonly text: string };

/** A term is one tab's time as leader: what comes of another than the present one is old news. */
export type GroupMessage =
  /** From now on this tab leads. */
  | { readonly type: 'lead'; readonly term: string }
  /** Another leads, or will. */
  | { readonly type: 'resign'; readonly term: string }
  | {
      readonly type: 'ask';
      /** Absent where the tab does not know who leads. */
      readonly term: string | undefined;
      readonly from: string;
      readonly asked: Asked;
      readonly isVisible: boolean;
      readonly isPrimary: boolean;
    }
  | { readonly type: 'leave'; readonly from: string }
  | { readonly type: 'tell'; readonly term: string; readonly to: readonly string[]; readonly told: Told }
  /** The tab came into view. */
  | { readonly type: 'seen'; readonly from: string }
  /** Which tab draws attention. */
  | { readonly type: 'primary'; readonly term: string; readonly tab: string }
  /** The server took a fresh token. */
  | { readonly type: 'token'; readonly token: string }
  /** By what the server knows these guests: the next leader comes with the same. */
  | { readonly type: 'session'; readonly session: string };

/** A frame, as much of it as is looked at. */
export interface Frame {
  readonly type: string;
  readonly id?: string;
  readonly channel?: string;
  readonly [field: string]: unknown;
}

/** Reads a frame; `undefined` where it is none. */
export function parseFrame(text: string): Frame | undefined {
  try {
    const frame = JSON.parse(text);
    return typeof frame?.type === 'string' ? frame : undefined;
  } catch {
    return undefined;
  }
}
