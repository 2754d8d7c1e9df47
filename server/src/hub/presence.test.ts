import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Presence } from './presence.ts';

describe('presence', () => {
  it('has a user once, however many connections', () => {
    const presence = new Presence();
    assert.deepEqual(
      [1, 2, 3].map(() => presence.join({ userId: '7' })),
      [true, false, false],
    );
    assert.equal(presence.size, 1);
    assert.deepEqual(
      [1, 2, 3].map(() => presence.leave({ userId: '7' })),
      [false, false, true],
    );
    assert.equal(presence.size, 0);
  });

  it('has each guest, also one who calls itself like a user', () => {
    const presence = new Presence();
    presence.join({ userId: '7', name: 'Ann' });
    presence.join({ clientId: '7', name: 'Ann' });
    presence.join({ clientId: 'b' });
    assert.deepEqual(presence.people, [
      { userId: '7', name: 'Ann' },
      { clientId: '7', name: 'Ann' },
      { clientId: 'b' },
    ]);
  });

  it('is not confused by who leaves without having come', () => {
    assert.equal(new Presence().leave({ userId: '7' }), false);
  });
});
