/** `protocol=1`. */
import { CHANNEL } from '../servers/bench-server.ts';
import type { Dialect } from './dialect.ts';

export const dialect: Dialect = {
  path: '/?protocol=1',
  hear(text, kept) {
    const frame = JSON.parse(text);
    switch (frame.type) {
      case 'welcome': {
        const subscribe = { type: 'subscribe', id: 's', channel: CHANNEL, since: kept.position };
        return { answer: JSON.stringify(subscribe) };
      }
      case 'subscribed':
        if (kept.position !== undefined && frame.recovered !== true)
          throw new Error(`not recovered: ${text}`);
        kept.session = frame.epoch;
        return { follows: true };
      case 'message':
        kept.position = `${kept.session}:${frame.offset}`;
        return { publication: frame.message };
      default:
        throw new Error(`unexpected: ${text}`);
    }
  },
};
