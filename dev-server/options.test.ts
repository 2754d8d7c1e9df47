import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readOptions } from './options.ts';

describe('the options of the demo', () => {
  it('come from flags first, then from the environment', () => {
    const options = readOptions(['--port', '9000'], { PORT: '9001', WS_PORT: '9002' });
    assert.deepEqual([options.port, options.wsPort, options.plainPort], [9000, 9002, undefined]);
  });

  it('name what is wrong', () => {
    assert.throws(
      () => readOptions([], { PORT: 'eighty' }),
      /^Error: PORT: expected a port, 0–65535, got "eighty"$/,
    );
    assert.throws(() => readOptions(['--ws-port', '70000'], {}), /--ws-port: expected a port/);
    assert.throws(() => readOptions(['--prot', '1'], {}), /--prot/);
  });
});
