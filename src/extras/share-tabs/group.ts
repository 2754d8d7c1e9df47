import { MAX_AGE } from '../../connection/outbox.ts';
import { addQuery } from '../../connection/url.ts';

/** The package's, put in by the build. */
declare const __VERSION__: string;

const VERSION = typeof __VERSION__ === 'string' ? __VERSION__ : 'source';

/** Where a session is kept for the origin's tabs. */
const KEY = 'ws-elements:shared-session';

/** By group: the freshest token, and the session of its guests, as long as this page lives. */
const tokens = new Map<string, string>();
const sessions = new Map<string, string>();

/**
 * The name of the tabs that may share a socket: those with the same version of the script, the same address, the same
 * user and the same rights, or guests of the same name. It is a digest, so that it tells nobody anything.
 */
export async function nameGroup(address: string): Promise<string> {
  const url = new URL(address);
  const token = url.searchParams.get('token');
  const { sub, name, read, write, types } = claimsOf(token) ?? {};
  // A token that cannot be read is nobody else's.
  const who = token && (sub === undefined ? token : [sub, name, read, write, types]);
  url.searchParams.delete('token');
  url.searchParams.delete('session');
  const text = new TextEncoder().encode(JSON.stringify([url.href, who]));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', text));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `ws-elements ${VERSION} ${hex}`;
}

/** The address with the freshest token that a tab of the group has brought. */
export function withFreshToken(group: string, address: string): string {
  const own = new URL(address).searchParams.get('token');
  if (own === null) return address;
  rememberToken(group, own);
  return addQuery(address, { token: tokens.get(group) });
}

/** Keeps the one of two tokens that ends later. */
export function rememberToken(group: string, token: string): void {
  const known = tokens.get(group);
  if (known === undefined || endOf(token) > endOf(known)) tokens.set(group, token);
}

export function forgetToken(group: string): void {
  tokens.delete(group);
}

/**
 * The address with the session that the group's guests share, so that the server knows the messages again that one of
 * them sends anew on another's socket. It outlives the pages for as long as an outbox does, and no longer: it is to tell
 * nobody that someone was here yesterday.
 */
export function withSharedSession(group: string, address: string): { url: string; session?: string } {
  const own = new URL(address).searchParams.get('session');
  if (own === null) return { url: address };
  const session = sessions.get(group) ?? keptSession() ?? own;
  rememberSession(group, session);
  return { url: addQuery(address, { session }), session };
}

export function rememberSession(group: string, session: string): void {
  sessions.set(group, session);
  try {
    localStorage.setItem(KEY, JSON.stringify([session, Date.now()]));
  } catch {
    // In memory then, from leader to leader.
  }
}

function keptSession(): string | undefined {
  try {
    const [session, at] = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return typeof session === 'string' && Math.abs(Date.now() - at) < MAX_AGE ? session : undefined;
  } catch {
    return undefined;
  }
}

function endOf(token: string): number {
  return Number(claimsOf(token)?.exp) || 0;
}

/** What a token says; its signature is the server's to check. */
function claimsOf(token: string | null): Record<string, unknown> | undefined {
  try {
    const [, payload = ''] = `${token}`.split('.');
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (c) =>
      c.charCodeAt(0),
    );
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
