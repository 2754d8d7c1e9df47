import { expect } from '@open-wc/testing';
import { webSocketTransport } from './websocket-transport.ts';

describe('webSocketTransport', () => {
  it('tells an unreachable server by its close', async () => {
    const code = await new Promise((resolve) => {
      // Nothing listens there. Ports that browsers block would do as well, but WebKit never tells of those.
      webSocketTransport('ws://127.0.0.1:65533/', { open() {}, message() {}, close: resolve });
    });
    expect(code).to.equal(1006);
  });

  it('throws where the browser will not open a URL', () => {
    const callbacks = { open() {}, message() {}, close() {} };
    expect(() => webSocketTransport('htp://shop.example/ws', callbacks)).to.throw(DOMException);
  });
});
