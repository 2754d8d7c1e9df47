/**
 * The Node server as a library.
 *
 * ```ts
 * import { createServer } from 'ws-elements-server';
 *
 * const server = createServer({ port: 8081, secret: process.env.WS_SECRET });
 * await server.listen();
 * await server.publish({ user: '7', data: { type: 'notification', title: 'New order' } });
 * ```
 */
import { Server } from './server.ts';
import type { ServerOptions, WsServer } from './types.ts';

export { PublishError } from './hub/publish-error.ts';
export { OptionError } from './options/option-error.ts';
export type { Limits, PublishOptions, ServerOptions, WsServer } from './types.ts';

/**
 * Makes a server; {@link WsServer.listen} starts it.
 *
 * @throws {OptionError} An option is wrong; the message names it, what was expected and what was given.
 */
export function createServer(options: ServerOptions = {}): WsServer {
  return new Server(options);
}
