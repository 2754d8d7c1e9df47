import type { Connection } from '../../connection/types.ts';

/** What is written and not sent, kept over a reload in this tab: sessionStorage, by server, user and channel. */
const keyOf = ({ url, userId }: Connection, channel: string) =>
  `ws-elements:draft:${JSON.stringify([url, userId, channel])}`;

export function readDraft(connection: Connection, channel: string): string {
  let draft: string | null | undefined;
  access((storage) => {
    draft = storage.getItem(keyOf(connection, channel));
  });
  return draft ?? '';
}

export function keepDraft(connection: Connection, channel: string, text: string): void {
  access((storage) => storage.setItem(keyOf(connection, channel), text));
}

export function dropDraft(connection: Connection, channel: string): void {
  access((storage) => storage.removeItem(keyOf(connection, channel)));
}

/** Where storage is full or forbidden, a draft lives as long as its page. */
function access(use: (storage: Storage) => void): void {
  try {
    use(sessionStorage);
  } catch {}
}
