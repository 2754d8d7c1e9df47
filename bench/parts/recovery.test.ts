import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { measureRecovery, peers } from './recovery.ts';

describe('the recovery that is measured', () => {
  for (const peer of peers) {
    it(`is whole with ${peer.label}`, async () => {
      const { time, user, resident } = await measureRecovery(peer, 150, 10, { execArgv: [] });
      assert.ok(time > 0);
      assert.ok(user > 0);
      assert.ok(resident > 0);
    });
  }
});
