import { randomId } from './random-id.ts';

let session: string | undefined;

/** By what the server knows an anonymous tab again; lives as long as the tab, or the page where storage is forbidden. */
export function sessionId(): string {
  try {
    session = sessionStorage['ws-elements:session'] ||= session ?? randomId();
  } catch {
    session ??= randomId();
  }
  return session as string;
}
