import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mayRead, maySend, mayWrite } from './grants.ts';

const nothing = { read: [], write: [], types: [] };

describe('grants', () => {
  it('are nothing that is not named', () => {
    assert.ok(!mayRead(nothing, '7', 'lobby'));
    assert.ok(!mayWrite(nothing, 'lobby'));
    assert.ok(!maySend(nothing, 'notification'));
  });

  it('let everyone read broadcast, and nobody write it', () => {
    assert.ok(mayRead(nothing, undefined, 'broadcast'));
    assert.ok(!mayWrite(nothing, 'broadcast'));
  });

  it("let a user read the own channel and, by *, nobody else's", () => {
    assert.ok(mayRead(nothing, '7', 'user:7'));
    const all = { read: ['*'], write: ['*'], types: [] };
    assert.ok(!mayRead(all, '7', 'user:8'));
    assert.ok(!mayWrite(all, 'user:7'));
    assert.ok(!mayRead(all, undefined, 'user:undefined'));
    assert.ok(mayRead({ ...nothing, read: ['user:*'] }, '7', 'user:8'));
  });

  it('let everyone who may write send chat text', () => {
    assert.ok(maySend(nothing, 'message'));
    assert.ok(maySend({ ...nothing, types: ['cursor'] }, 'cursor'));
  });
});
