import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isOriginAllowed } from './origin.ts';

describe('without a list', () => {
  const allowed = (origin: string | undefined, host: string | undefined) => isOriginAllowed(origin, host, []);

  it("pages of the server's own host name may connect, on any port and scheme", () => {
    assert.ok(allowed('http://localhost:8080', 'localhost:8081'));
    assert.ok(allowed('https://Shop.Example', 'shop.example'));
    assert.ok(allowed('http://[::1]:8080', '[::1]:8081'));
  });

  it('pages of any other may not', () => {
    for (const origin of [
      'https://evil.example',
      'https://shop.example.evil.example',
      'https://notshop.example',
    ]) {
      assert.ok(!allowed(origin, 'shop.example'), origin);
    }
  });

  it('what is no origin may not', () => {
    for (const origin of [
      'null',
      '',
      'shop.example',
      'file://shop.example',
      'https://',
      'https://a@shop.example',
      'https://shop.example/x',
    ]) {
      assert.ok(!allowed(origin, 'shop.example'), origin);
    }
    assert.ok(!allowed('http://undefined', undefined));
  });

  it('what is no browser sends none, and is let through to the token check', () => {
    assert.ok(allowed(undefined, 'shop.example'));
  });
});

describe('with a list', () => {
  const allowed = (origin: string) =>
    isOriginAllowed(origin, 'ws.example', ['https://shop.example', 'http://localhost:8080']);

  it('scheme, host and port have to be those of an entry', () => {
    assert.ok(allowed('https://shop.example'));
    assert.ok(allowed('https://shop.example:443'));
    assert.ok(allowed('http://localhost:8080'));
    for (const origin of [
      'http://shop.example',
      'https://shop.example:8443',
      'https://ws.example',
      'http://localhost',
      'null',
    ]) {
      assert.ok(!allowed(origin), origin);
    }
  });

  it('null may, if it is an entry', () => {
    assert.ok(isOriginAllowed('null', 'ws.example', ['null']));
  });
});
