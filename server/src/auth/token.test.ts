import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { TestServer } from '../testing/test-server.ts';
import { TokenVerifier } from './token.ts';

const maker = new TestServer();
const verifier = new TokenVerifier(maker.secret, () => maker.now);
const seconds = maker.now / 1000;

async function isRefused(token: string): Promise<boolean> {
  return 'refused' in (await verifier.verify(token));
}

describe('a token', () => {
  it('says who its bearer is and what is granted', async () => {
    const claims = {
      sub: '7',
      name: 'Ann',
      exp: seconds + 60,
      read: ['a-*'],
      write: ['lobby'],
      types: ['x'],
    };
    assert.deepEqual(await verifier.verify(maker.token(claims)), {
      userId: '7',
      name: 'Ann',
      expiresAt: maker.now + 60_000,
      read: ['a-*'],
      write: ['lobby'],
      types: ['x'],
    });
  });

  it('is refused with another secret, or with something changed in it', async () => {
    assert.ok(await isRefused(maker.token({}, { secret: randomBytes(32).toString('hex') })));
    const [header, , signature] = maker.token().split('.');
    const payload = Buffer.from(JSON.stringify({ sub: '8', exp: seconds + 60 })).toString('base64url');
    assert.ok(await isRefused(`${header}.${payload}.${signature}`));
  });

  it('is HS256, whatever its header says', async () => {
    for (const alg of ['none', 'HS384', 'HS512', 'RS256', 'hs256', '']) {
      assert.ok(await isRefused(maker.token({}, { header: { alg } })), alg);
    }
    const [, payload] = maker.token().split('.');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    assert.ok(await isRefused(`${none}.${payload}.`));
  });

  it('has exp and sub, and ends to the millisecond', async () => {
    assert.ok(await isRefused(maker.token({ exp: undefined })));
    assert.ok(await isRefused(maker.token({ sub: undefined })));
    assert.ok(await isRefused(maker.token({ exp: seconds })));
    assert.ok(!(await isRefused(maker.token({ exp: seconds + 1 }))));
  });

  it('is not used before its time', async () => {
    assert.ok(await isRefused(maker.token({ nbf: seconds + 10 })));
  });

  it('has claims of their shapes', async () => {
    const wrong = [
      { sub: 7 },
      { sub: 'a b' },
      { exp: '9999999999' },
      { read: 'lobby' },
      { read: ['a b'] },
      { write: [1] },
      { types: 'x' },
      { name: '' },
      { name: 'x'.repeat(65) },
    ];
    for (const claims of wrong) assert.ok(await isRefused(maker.token(claims)), JSON.stringify(claims));
  });

  it('may be anything at all without doing harm', async () => {
    for (const text of ['', '.', '..', '...', 'null', '{}', 'eyJ', 'é.é.é', '\u0000', 'a'.repeat(10_000)]) {
      assert.ok(await isRefused(text));
    }
  });

  it('that lives for ever does so as long as dates go', async () => {
    const bearer = await verifier.verify(maker.token({ exp: 1e300 }));
    assert.equal('expiresAt' in bearer && bearer.expiresAt, 8.64e15);
  });
});
