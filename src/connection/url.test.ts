import { expect } from '@open-wc/testing';
import { addQuery, normaliseUrl } from './url.ts';

const base = 'https://shop.example/orders/list?page=2#top';

describe('normaliseUrl', () => {
  it('leaves ws: and wss: as they are', () => {
    expect(normaliseUrl('ws://localhost:8081', base)).to.equal('ws://localhost:8081/');
    expect(normaliseUrl('wss://a.example/ws?room=1', base)).to.equal('wss://a.example/ws?room=1');
  });

  it('takes http: for ws: and https: for wss:', () => {
    expect(normaliseUrl('http://a.example/ws', base)).to.equal('ws://a.example/ws');
    expect(normaliseUrl('HTTPS://a.example/ws', base)).to.equal('wss://a.example/ws');
  });

  it('keeps the port, and drops the one that goes without saying', () => {
    expect(normaliseUrl('http://a.example:443/', base)).to.equal('ws://a.example:443/');
    expect(normaliseUrl('https://a.example:443/', base)).to.equal('wss://a.example/');
  });

  it('reads relative ones from the page', () => {
    expect(normaliseUrl('/ws', base)).to.equal('wss://shop.example/ws');
    expect(normaliseUrl('live', base)).to.equal('wss://shop.example/orders/live');
    expect(normaliseUrl('//b.example/ws', base)).to.equal('wss://b.example/ws');
  });

  it('drops the fragment, which no WebSocket may have', () => {
    expect(normaliseUrl('wss://a.example/ws#x', base)).to.equal('wss://a.example/ws');
  });

  it('is empty for what cannot be one', () => {
    for (const text of ['htp://x', 'javascript:alert(1)', 'mailto:a@b.example', 'ws://', 'http://[']) {
      expect(normaliseUrl(text, base), text).to.equal('');
    }
    expect(normaliseUrl('/ws', 'file:///tmp/page.html')).to.equal('');
    expect(normaliseUrl('/ws', 'about:blank')).to.equal('');
  });
});

describe('addQuery', () => {
  it('adds what is set and keeps what is there', () => {
    expect(
      addQuery('ws://a.example/ws?room=1', { protocol: '1', token: undefined, name: 'Zoë & Co' }),
    ).to.equal('ws://a.example/ws?room=1&protocol=1&name=Zo%C3%AB+%26+Co');
  });

  it('overrides what the page wrote itself', () => {
    expect(addQuery('ws://a.example/?token=old', { token: 'new' })).to.equal('ws://a.example/?token=new');
  });
});
