import { expect } from '@open-wc/testing';
import { FakePage, tokenAnswer } from './testing/fake-page.ts';
import { fetchToken } from './token.ts';

describe('fetchToken', () => {
  let page: FakePage;
  beforeEach(() => {
    page = new FakePage();
  });
  afterEach(() => page.restore());

  it('asks with GET, past every cache, with cookies for the same origin only, and not for ever', async () => {
    page.answers = [tokenAnswer('abc')];
    expect(await fetchToken('/token')).to.equal('abc');
    const [{ url, init }] = page.fetched as [(typeof page.fetched)[0]];
    expect([url, init.method ?? 'GET', init.cache]).to.deep.equal(['/token', 'GET', 'no-store']);
    expect(new Request('/', init).credentials).to.equal('same-origin');
    expect(init.signal).to.be.instanceOf(AbortSignal);
  });

  it('is null where 401 or 403 say that there will be none', async () => {
    for (const status of [401, 403]) {
      page.answers = [async () => new Response('<h1>Sign in</h1>', { status })];
      expect(await fetchToken('/token')).to.equal(null);
    }
  });

  it('is empty for everything that may be better next time', async () => {
    const answers: [string, () => Promise<Response>][] = [
      ['no network', () => Promise.reject(new TypeError('Failed to fetch'))],
      ['too late', () => Promise.reject(new DOMException('signal timed out', 'TimeoutError'))],
      ['broken server', async () => Response.json({ token: 'abc' }, { status: 500 })],
      ['not there', async () => new Response('', { status: 404 })],
      ['too often', async () => Response.json({}, { status: 429 })],
      ['login page', async () => new Response('<!doctype html><title>Sign in</title>')],
      ['no token', async () => Response.json({})],
      ['null', async () => Response.json(null)],
      ['not text', async () => Response.json({ token: 42 })],
      ['empty', async () => Response.json({ token: '' })],
    ];
    for (const [name, answer] of answers) {
      page.answers = [answer];
      expect(await fetchToken('/token'), name).to.equal('');
    }
  });
});
