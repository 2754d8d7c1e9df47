import { type Configuration, SharedConnection } from './shared-connection.ts';

const connections = new Map<string, SharedConnection>();

/** The connection of a URL and an identity, with one hold on it more; `release()` gives that up. */
export function acquire(configuration: Configuration): SharedConnection {
  const key = keyOf(configuration);
  let connection = connections.get(key);
  if (!connection) {
    connection = new SharedConnection(configuration, () => connections.delete(key));
    connections.set(key, connection);
    connection.hold().connect();
    return connection;
  }
  return connection.hold();
}

/** What makes two configurations the same connection. */
export function keyOf({ url, token, tokenUrl, name }: Configuration): string {
  return JSON.stringify([url, token, tokenUrl, name]);
}

/** For tests: closes all. */
export function closeAll(): void {
  for (const connection of [...connections.values()]) connection.close();
}
