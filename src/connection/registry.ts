import { connections } from './connections.ts';
import { followPage } from './page-life.ts';
import { type Configuration, createConnection, type SharedConnection } from './shared-connection.ts';

/** The connection of a URL and an identity, with one hold on it more; `release()` gives that up. */
export function acquire(configuration: Configuration): SharedConnection {
  const key = keyOf(configuration);
  const known = connections.get(key);
  const connection =
    known ??
    createConnection(configuration, () => {
      connections.delete(key);
      followPage();
    });
  connection.hold();
  if (!known) {
    if (configuration.warning) console.warn(configuration.warning);
    connections.set(key, connection);
    followPage();
    connection.connect();
  }
  return connection;
}

/** What makes two configurations the same connection. */
export function keyOf(configuration: Configuration): string {
  return JSON.stringify(configuration);
}

/** For tests: closes all. */
export function closeAll(): void {
  for (const connection of [...connections.values()]) connection.close();
}
