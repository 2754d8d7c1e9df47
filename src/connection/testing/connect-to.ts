import { acquire } from '../registry.ts';
import type { SharedConnection } from '../shared-connection.ts';
import type { ConnectionOptions, ConnectionStatus } from '../types.ts';
import type { FakeServer } from './fake-server.ts';

/** A connection to a fake server, with one hold. */
export function connectTo(server: FakeServer, options: ConnectionOptions = {}): SharedConnection {
  const { url = server.url, token, tokenUrl, name, shareTabs } = options;
  return acquire({ url, token, tokenUrl, name, shareTabs });
}

/** Every status from now on, as short text: `reconnecting`, `refused token`. */
export function statusesOf(connection: SharedConnection): string[] {
  const seen: string[] = [];
  connection.onStatusChange(({ state, reason, offline }: ConnectionStatus) =>
    seen.push([state, reason, offline && 'offline'].filter(Boolean).join(' ')),
  );
  return seen;
}
