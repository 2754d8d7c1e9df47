import { randomId } from './random-id.ts';

const KEY = 'ws-elements:session';
let session: string | null | undefined;

/** By what the server knows an anonymous tab again; lives as long as the tab, or the page where storage is forbidden. */
export function sessionId(): string {
  if (!session) {
    try {
      session = sessionStorage.getItem(KEY);
    } catch {}
    session ||= randomId();
    try {
      sessionStorage.setItem(KEY, session);
    } catch {}
  }
  return session;
}
