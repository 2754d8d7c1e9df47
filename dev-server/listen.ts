import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

/** A port that someone else listens on. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
  readonly port: number;

  constructor(port: number) {
    super(`port ${port} is in use`);
    this.port = port;
  }
}

export interface Listening {
  readonly port: number;
  /** Takes no more connections. Those that are open stay the caller's to end. */
  close(): Promise<void>;
}

/** `localhost` is either of these, and a browser may try either first. */
const loopback = ['127.0.0.1', '::1'];

/**
 * Listens on a host, by default on this machine's loopback addresses, IPv4 and (where there is one) IPv6.
 *
 * @param create - Makes a server; called once an address.
 * @param port - 0 takes any free one.
 * @throws {PortTakenError}
 */
export async function listen(create: () => Server, port: number, host?: string): Promise<Listening> {
  for (let attempt = 0; ; attempt++) {
    const servers: Server[] = [];
    const close = async () => {
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    };
    let bound = port;
    try {
      for (const address of host ? [host] : loopback) {
        const server = create();
        try {
          await once(server.listen(bound, address), 'listening');
        } catch (error) {
          if (address === '::1' && isWithoutIpv6(error)) continue;
          throw error;
        }
        servers.push(server);
        bound = (server.address() as AddressInfo).port;
      }
      return { port: bound, close };
    } catch (error) {
      await close();
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      // A port that was free on IPv4 may be taken on IPv6; with any port welcome, try the next.
      if (port !== 0 || attempt === 9) throw new PortTakenError(bound);
    }
  }
}

function isWithoutIpv6(error: unknown): boolean {
  return ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(String((error as NodeJS.ErrnoException).code));
}
