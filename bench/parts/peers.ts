import { startChild } from '../processes/child.ts';
import type { GroupOptions, ReceiversMethods } from '../processes/receivers-process.ts';
import type { ServerMethods, ServerName } from '../processes/server-process.ts';

const serverModule = new URL('../processes/server-process.ts', import.meta.url);
const receiversModule = new URL('../processes/receivers-process.ts', import.meta.url);

export interface Settings {
  /** Node's own flags for the servers' processes. */
  execArgv: string[];
}

export type Server = Awaited<ReturnType<typeof startServer>>;
export type Receivers = ReturnType<typeof startReceivers>;

export async function startServer(name: ServerName, { execArgv }: Settings) {
  const child = startChild<ServerMethods>(serverModule, [name], { execArgv: ['--expose-gc', ...execArgv] });
  const port = await child.ask.port();
  return { name, port, ...child };
}

export function startReceivers() {
  return startChild<ReceiversMethods>(receiversModule, []);
}

/** Those that our server is for subscribe by `protocol=1`; the others know no such thing. */
export function connectTo(
  receivers: Receivers,
  server: Server,
  group: string,
  options: Pick<GroupOptions, 'count'> & Partial<GroupOptions>,
): Promise<void> {
  const { name, port } = server;
  return receivers.ask.connect(group, {
    port,
    subscribes: name === 'ours' || name === 'sqlite',
    reads: true,
    ...options,
  });
}
