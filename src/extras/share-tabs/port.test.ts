import { expect } from '@open-wc/testing';
import type { Asked, Frame } from './messages.ts';
import { Port } from './port.ts';

describe('Port', () => {
  let asked: Asked[];
  let heard: string[];
  let port: Port;
  beforeEach(() => {
    asked = [];
    heard = [];
    port = new Port(
      'ws://fake.test/?token=old',
      {
        open: () => heard.push('open'),
        message: (text) => heard.push(text),
        close: (code) => heard.push(`close ${code}`),
      },
      {
        ask: (one) => {
          asked.push(one);
        },
        later: (_delay, callback) => callback(),
      },
    );
  });

  const opens = () => asked.flatMap((one) => (one.kind === 'open' ? [one] : []));
  const frames = () => asked.flatMap((one): Frame[] => (one.kind === 'frame' ? [JSON.parse(one.text)] : []));
  /** A leader answers. */
  const attach = (welcome: object = { protocol: 1 }) => {
    port.attach();
    asked.splice(0, asked.length, ...opens().slice(-1));
    port.hear({ kind: 'opened', count: opens().at(-1)?.count ?? 0 });
    tell({ type: 'welcome', ...welcome });
  };
  const tell = (frame: object) => port.hear({ kind: 'frame', text: JSON.stringify(frame) });
  const say = (frame: object) => port.send(JSON.stringify(frame));

  it('opens once, however many leaders there are', () => {
    attach();
    attach();
    expect(heard.filter((each) => each === 'open')).to.deep.equal(['open']);
  });

  it('goes on at the next leader from where the page stands', () => {
    attach();
    say({ type: 'subscribe', id: 's', channel: 'lobby', presence: true });
    tell({ type: 'subscribed', id: 's', channel: 'lobby', epoch: 'e', offset: 5 });
    tell({ type: 'message', channel: 'lobby', offset: 6 });
    attach();
    expect(frames().map(({ type, since, presence }) => [type, since, presence])).to.deep.equal([
      ['subscribe', 'e:6', true],
    ]);
  });

  it('keeps the answer to its own question, where nothing is missing', () => {
    attach();
    say({ type: 'subscribe', id: 's', channel: 'lobby' });
    tell({ type: 'subscribed', id: 's', channel: 'lobby', epoch: 'e', offset: 5 });
    attach();
    heard = [];
    tell({
      type: 'subscribed',
      id: frames()[0]?.id,
      channel: 'lobby',
      epoch: 'e',
      offset: 6,
      recovered: true,
    });
    tell({ type: 'message', channel: 'lobby', offset: 6 });
    expect(heard.map((text) => JSON.parse(text).type)).to.deep.equal(['message']);
  });

  it('tells the page of a gap, as a server does unasked', () => {
    attach();
    say({ type: 'subscribe', id: 's', channel: 'lobby' });
    tell({ type: 'subscribed', id: 's', channel: 'lobby', epoch: 'e', offset: 5 });
    attach();
    heard = [];
    tell({
      type: 'subscribed',
      id: frames()[0]?.id,
      channel: 'lobby',
      epoch: 'f',
      offset: 2,
      recovered: false,
    });
    expect(heard.map((text) => JSON.parse(text))).to.deep.equal([
      { type: 'subscribed', channel: 'lobby', epoch: 'f', offset: 2, recovered: false },
    ]);
  });

  it('tells the page that a channel is no longer granted', () => {
    attach();
    say({ type: 'subscribe', id: 's', channel: 'lobby' });
    tell({ type: 'subscribed', id: 's', channel: 'lobby', epoch: 'e', offset: 5 });
    attach();
    heard = [];
    tell({ type: 'error', id: frames()[0]?.id, channel: 'lobby', code: 'forbidden' });
    expect(heard.map((text) => JSON.parse(text).type)).to.deep.equal(['error', 'unsubscribed']);
    attach();
    expect(frames()).to.deep.equal([]);
  });

  it('sends again what has no answer, in its order', () => {
    attach();
    say({ type: 'message', id: 'm', channel: 'lobby', message: 'answered' });
    say({ type: 'history', id: 'h', channel: 'lobby' });
    say({ type: 'message', id: 'n', channel: 'lobby', message: 'x' });
    say({ type: 'ping' });
    tell({ type: 'ack', id: 'm' });
    attach();
    expect(frames().map(({ type, id }) => id ?? type)).to.deep.equal(['h', 'n', 'ping']);
  });

  it('takes no answer to what it asked the leader before', () => {
    port.attach();
    port.attach();
    port.hear({ kind: 'opened', count: 1 });
    expect(heard).to.deep.equal([]);
    port.hear({ kind: 'opened', count: 2 });
    expect(heard).to.deep.equal(['open']);
  });

  it('comes with the freshest token', () => {
    port.renew('fresh');
    port.attach();
    expect(opens().at(-1)?.url).to.equal('ws://fake.test/?token=fresh');
  });

  it('lets the page begin anew at another leader where the server is a plain one', () => {
    attach({});
    port.attach();
    expect(heard.at(-1)).to.equal('close 1006');
  });

  it('tells nothing more once the page has closed it', () => {
    attach();
    heard = [];
    port.end();
    tell({ type: 'message', channel: 'lobby', offset: 1 });
    port.hear({ kind: 'closed', code: 1006, reason: '' });
    expect(heard).to.deep.equal([]);
  });
});
