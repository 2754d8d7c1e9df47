import { randomId } from './random-id.ts';
import { withStorage } from './storage.ts';

let session: string | undefined;

/** By what the server knows an anonymous tab again; lives as long as the tab, or the page where storage is forbidden. */
export function sessionId(): string {
  withStorage((storage) => {
    session = storage['ws-elements:session'] ||= session ?? randomId();
  });
  session ??= randomId();
  return session;
}
