/**
 * Socket.IO's protocol 5 over Engine.IO's protocol 4, as socket.io-client speaks it: a digit for the transport, one for the
 * packet, then JSON. What was missed comes before the packet that says so.
 */
import type { Dialect } from './dialect.ts';

export const dialect: Dialect = {
  path: '/socket.io/?EIO=4&transport=websocket',
  hear(text, kept) {
    const kind = /^\d+/.exec(text)?.[0] ?? '';
    const rest = text.slice(kind.length);
    const { session: pid, position: offset } = kept;
    switch (kind) {
      case '0':
        return { answer: pid === undefined ? '40' : `40${JSON.stringify({ pid, offset })}` };
      case '40':
        kept.session = JSON.parse(rest).pid;
        if (pid !== undefined && kept.session !== pid) throw new Error(`not recovered: ${text}`);
        return { follows: true };
      case '42': {
        const [, publication, position] = JSON.parse(rest);
        kept.position = position;
        return { publication };
      }
      default:
        throw new Error(`unexpected: ${text}`);
    }
  },
};
