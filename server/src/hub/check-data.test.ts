import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { History, PublishRequest, Subscribe } from '../../../protocol/src/index.ts';
import { checkData, describeIssue } from './check-data.ts';

/** What is said of the first thing wrong. */
function complaint(schema: v.GenericSchema<unknown>, input: unknown): string | undefined {
  const [issue] = v.safeParse(schema, input, { abortEarly: true }).issues ?? [];
  return issue && `${v.getDotPath(issue)}: ${describeIssue(issue)}`;
}

describe('what is wrong with a field', () => {
  const history = { type: 'history', id: 'h', channel: 'lobby' };
  for (const [schema, input, said] of [
    [History, { ...history, id: undefined }, 'id: it is missing'],
    [History, { ...history, id: 7 }, 'id: expected text, got 7'],
    [History, { ...history, channel: null }, 'channel: expected text, got null'],
    [History, { ...history, limit: 0 }, 'limit: expected at least 1, got 0'],
    [History, { ...history, limit: 101 }, 'limit: expected at most 100, got 101'],
    [History, { ...history, limit: 1.5 }, 'limit: expected a whole number, got 1.5'],
    [History, { ...history, before: '5' }, 'before: expected a number, got "5"'],
    [
      Subscribe,
      { type: 'subscribe', id: 's', channel: 'x', presence: 1 },
      'presence: expected true or false, got 1',
    ],
    [PublishRequest, { channel: 'x', data: 'x' }, 'data: expected an object, got "x"'],
    [PublishRequest, { broadcast: false, data: { type: 't' } }, 'broadcast: expected true, got false'],
  ] as const) {
    it(`is told as "${said}"`, () => assert.equal(complaint(schema, input), said));
  }

  it('of a documented message is told in the same words', () => {
    const update = { type: 'data_update', entity: 'products', action: 'update' };
    assert.equal(
      checkData({ ...update, data: [] }).problem?.message,
      'data: expected an object, got an array',
    );
    assert.equal(
      checkData({ type: 'user_activity', userId: {}, activity: 'x' }).problem?.message,
      'userId: expected text or a number, got an object',
    );
    assert.equal(
      checkData({ type: 'notification', title: '' }).problem?.message,
      'title: expected text, got an empty string',
    );
    assert.equal(
      checkData({ type: 'notification_mark', ids: 'x' }).problem?.message,
      'ids: expected an array, got "x"',
    );
    assert.equal(
      checkData({ type: 'notification_mark', ids: [] }).problem?.message,
      'ids: expected at least 1, got 0',
    );
  });
});
