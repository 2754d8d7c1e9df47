/** The real server, through its library, with the limits out of the way that are about how many there are. */
import { createServer } from '../../server/src/index.ts';
import { type BenchServer, CHANNEL } from './bench-server.ts';

/** Beyond what any part runs. No ping comes in between: there is none to measure in so short a time. */
const MANY = 100_000;
const HEARTBEAT = 600_000;
/** The server tells how many are connected only to whoever has one. */
const API_KEY = 'the key of a benchmark on loopback';

export const start = (): Promise<BenchServer> => startOurs('memory');

/** @param history - Where publications are kept. */
export async function startOurs(history: string): Promise<BenchServer> {
  const server = createServer({
    history,
    port: 0,
    host: '127.0.0.1',
    anonymous: true,
    apiKey: API_KEY,
    defaultChannel: CHANNEL,
    heartbeat: HEARTBEAT,
    logger: false,
    limits: { connections: MANY, connectionsPerAddress: MANY, frames: MANY },
  });
  const { port } = await server.listen();
  return {
    port,
    async publish(text, count) {
      const answers: Promise<unknown>[] = [];
      for (let sent = 0; sent < count; sent += 1) {
        answers.push(server.publish({ channel: CHANNEL, data: { type: 'message', message: text } }));
      }
      await Promise.all(answers);
    },
    async connections() {
      const headers = { authorization: `Bearer ${API_KEY}` };
      const response = await fetch(`${server.httpUrl}/api/stats`, { headers });
      return ((await response.json()) as { connections: number }).connections;
    },
  };
}
