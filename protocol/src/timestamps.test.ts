import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseTimestamp, plainTimestamp } from './timestamps.ts';

describe('the plain timestamp', () => {
  it('is the documentation’s, in UTC', () => {
    assert.equal(plainTimestamp(new Date('2024-01-01T12:00:00.987Z')), '2024-01-01 12:00:00');
  });
});

describe('reading a timestamp', () => {
  for (const [text, iso] of [
    ['2024-01-01 12:00:00', '2024-01-01T12:00:00.000Z'],
    ['2024-01-01T12:00:00', '2024-01-01T12:00:00.000Z'],
    ['2024-01-01T12:00:00.5Z', '2024-01-01T12:00:00.500Z'],
    ['2024-01-01T12:00:00z', '2024-01-01T12:00:00.000Z'],
    ['2024-01-01T12:00+02:00', '2024-01-01T10:00:00.000Z'],
    ['2024-01-01 12:00:00 -0530', '2024-01-01T17:30:00.000Z'],
  ] as const) {
    it(`takes ${text} as ${iso}`, () => assert.equal(parseTimestamp(text)?.toISOString(), iso));
  }

  for (const text of [
    '',
    '2024-01-01',
    '12:00',
    '2024-13-01 12:00:00',
    '2024-01-01 25:00:00',
    '1704110400',
    'now',
  ]) {
    it(`does not take ${JSON.stringify(text)}`, () => assert.equal(parseTimestamp(text), undefined));
  }
});
