import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { covers, TokenClaims } from './token.ts';

describe('a channel pattern', () => {
  for (const [pattern, channel, covered] of [
    ['lobby', 'lobby', true],
    ['lobby', 'lobby2', false],
    ['room-*', 'room-1', true],
    ['room-*', 'room-', true],
    ['room-*', 'room', false],
    ['*', 'anything/at:all', true],
    ['*', 'user:1', false],
    ['us*', 'user:1', false],
    ['user*', 'user:1', false],
    ['user:*', 'user:1', true],
    ['user:1', 'user:1', true],
    ['user:1', 'user:12', false],
    ['user:1*', 'user:12', true],
    ['user*', 'users', true],
  ] as const) {
    it(`${pattern} ${covered ? 'covers' : 'does not cover'} ${channel}`, () =>
      assert.equal(covers(pattern, channel), covered));
  }
});

describe('the claims of a token', () => {
  const claims = { sub: '42', exp: 1_900_000_000 };
  const takes = (extra: object) => v.safeParse(TokenClaims, { ...claims, ...extra }).success;

  it('grant nothing that they do not name', () => {
    assert.deepEqual(v.parse(TokenClaims, claims), { ...claims, read: [], write: [], types: [] });
  });

  it('need a subject and an end', () => {
    assert.equal(takes({ sub: undefined }), false);
    assert.equal(takes({ exp: undefined }), false);
  });

  it('count a name in code points', () => {
    assert.equal(takes({ name: '😀'.repeat(64) }), true);
    assert.equal(takes({ name: '😀'.repeat(65) }), false);
    assert.equal(takes({ name: 'a'.repeat(65) }), false);
    assert.equal(takes({ name: '' }), false);
  });

  it('take a star at the end of a pattern only', () => {
    assert.equal(takes({ read: ['room-*', '*', 'user:42'] }), true);
    for (const pattern of ['*room', 'ro*om', '**', '', ' ', 'a b', '-a']) {
      assert.equal(takes({ read: [pattern] }), false, pattern);
    }
  });
});
