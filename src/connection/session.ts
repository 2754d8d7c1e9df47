import { randomId } from './random-id.ts';
import { withStorage } from './storage.ts';

let session: string | undefined;

/** By what the server knows an anonymous tab again; lives as long as the tab, or the page where storage is forbidden. */
export function sessionId(): string {
  session ??= randomId();
  session = withStorage((storage) => (storage['ws-elements:session'] ||= session)) ?? session;
  return session as string;
}
