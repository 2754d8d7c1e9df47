import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { connectTo } from './testing/connect-to.ts';
import { FakePage } from './testing/fake-page.ts';
import { FakeServer } from './testing/fake-server.ts';

/** What may happen to a channel and to the socket on which it is followed. */
const act = fc.constantFrom('publish', 'publish', 'publish', 'lose', 'cut', 'answer', 'check', 'trim');

describe('live and recovered publications', () => {
  let page: FakePage;
  let server: FakeServer;
  beforeEach(() => {
    page = new FakePage();
  });
  afterEach(() => {
    server.restore();
    page.restore();
  });

  it('come once, in order and without an untold gap, whatever happens on the way', function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        server?.restore();
        server = new FakeServer({ auto: false });
        const connection = connectTo(server);
        /** The channel: its last offset, and the oldest that is kept. */
        let last = 0;
        let first = 1;
        /** The subscriptions that were asked for on this socket and not answered. */
        const asked = () =>
          server.last.sent.filter(({ type, channel }) => type === 'subscribe' && channel === 'lobby');
        let answered = 0;
        let isFollowed = false;
        const got: number[] = [];
        /** Where the client was told that something may be missing. */
        const gaps: number[] = [];
        const deliver = (offset: number) =>
          server.last.receive({ type: 'n', channel: 'lobby', offset, timestamp: '2024-01-01T12:00:00.000Z' });
        const begin = () => {
          answered = 0;
          isFollowed = false;
          server.last.open();
          server.last.welcome();
        };
        const answer = () => {
          const frame = asked()[answered];
          if (!frame) return;
          answered += 1;
          isFollowed = true;
          const since = frame.since === undefined ? undefined : Number(`${frame.since}`.split(':')[1]);
          const recovered = since === undefined ? undefined : since >= first - 1 && since <= last;
          const base = { type: 'subscribed', id: frame.id, channel: 'lobby', epoch: 'e', offset: last };
          server.last.receive(recovered === undefined ? base : { ...base, recovered });
          if (recovered) for (let offset = Number(since) + 1; offset <= last; offset++) deliver(offset);
        };
        connection.subscribe('lobby', {
          onPublication: ({ offset }) => got.push(Number(offset)),
          onSubscribed: ({ recovered }) => {
            if (recovered === false) gaps.push(got.length);
          },
        });
        begin();
        answer();
        for (const one of acts) {
          if (one === 'publish') {
            last += 1;
            if (isFollowed) deliver(last);
          } else if (one === 'lose') last += 1;
          else if (one === 'trim') first = last + 1;
          else if (one === 'answer') answer();
          else if (one === 'check') page.clock.tick(130_000);
          else {
            server.last.close();
            while (server.last.state === 'closed') page.clock.tick(1000);
            begin();
          }
          if (server.last.state === 'closed' || server.last.state === 'connecting') {
            while (server.last.state === 'closed') page.clock.tick(1000);
            begin();
          }
        }
        // At rest: everything that was asked is answered, and the position was compared once more.
        while (asked()[answered]) answer();
        page.clock.tick(130_000);
        if (server.last.state !== 'open') {
          while (server.last.state === 'closed') page.clock.tick(1000);
          begin();
        }
        while (asked()[answered]) answer();
        for (const [index, offset] of got.entries()) {
          const before = got[index - 1];
          if (before === undefined) continue;
          if (gaps.includes(index)) expect(offset).to.be.above(before);
          else expect(offset).to.equal(before + 1);
        }
        if (got.length && !gaps.includes(got.length)) expect(got.at(-1)).to.equal(last);
      }),
      { seed: 5, numRuns: 2000 },
    );
  });
});
