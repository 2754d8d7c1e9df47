import { withStorage } from '../../connection/storage.ts';
import type { Connection } from '../../connection/types.ts';

/** What is written and not sent, kept over a reload in this tab: by server, user and channel. */
const keyOf = ({ url, userId }: Connection, channel: string) =>
  `ws-elements:draft:${JSON.stringify([url, userId, channel])}`;

export function readDraft(connection: Connection, channel: string): string {
  return withStorage((storage) => storage[keyOf(connection, channel)]) ?? '';
}

/** Where storage is full or forbidden, a draft lives as long as its page. */
export function keepDraft(connection: Connection, channel: string, text: string): void {
  withStorage((storage) => {
    storage[keyOf(connection, channel)] = text;
  });
}
