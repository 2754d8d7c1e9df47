import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';
import { USER_ID } from '../protocol/src/names.ts';
import { Visitors } from './visitors.ts';

const from = (cookie?: string) => ({ headers: { cookie } }) as IncomingMessage;
const cookieOf = (setCookie = '') => setCookie.split(';')[0];

describe('a visitor', () => {
  it('gets a name, an id and a cookie that no script can read', () => {
    const visitor = new Visitors().recognise(from(), null);
    assert.match(visitor.name, /^\w+$/);
    assert.match(visitor.id, USER_ID);
    assert.match(visitor.setCookie ?? '', /; HttpOnly; SameSite=Lax$/);
  });

  it('is the same person in each window of one browser, and gets no second cookie', () => {
    const visitors = new Visitors();
    const first = visitors.recognise(from(), null);
    const again = visitors.recognise(from(`theme=dark; ${cookieOf(first.setCookie)}`), null);
    assert.deepEqual({ ...again }, { ...first, setCookie: undefined });
  });

  it('keeps the id when the demo starts anew', () => {
    const first = new Visitors().recognise(from(), null);
    const later = new Visitors().recognise(from(cookieOf(first.setCookie)), null);
    assert.deepEqual([later.id, later.name], [first.id, first.name]);
  });

  it('has a name of its own', () => {
    const visitors = new Visitors();
    const names = Array.from({ length: 40 }, () => visitors.recognise(from(), null).name);
    assert.equal(new Set(names).size, names.length);
  });

  it('is somebody else where the address says so', () => {
    const visitor = new Visitors().recognise(from(), 'Ana');
    assert.deepEqual([visitor.id, visitor.name, visitor.as], ['ana', 'Ana', 'ana']);
  });

  it('is itself where the address says nonsense', () => {
    for (const as of ['', '../x', '<b>', 'a'.repeat(40), 'user:7']) {
      assert.equal(new Visitors().recognise(from(), as).as, undefined);
    }
  });

  it('does not fill the memory', () => {
    const visitors = new Visitors();
    for (let i = 0; i < 1500; i++) visitors.recognise(from(), null);
    assert.match(visitors.recognise(from(), null).name, /^\w+/);
  });
});
