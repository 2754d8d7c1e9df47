import { expect } from '@open-wc/testing';
import { isStopped, nextStatus } from './state.ts';
import type { ConnectionState } from './types.ts';

const states: ConnectionState[] = ['connecting', 'connected', 'reconnecting', 'disconnected', 'refused'];

describe('nextStatus', () => {
  it('moves as the state machine allows, and nowhere else', () => {
    const moves = Object.fromEntries(
      states.map((from) => [
        from,
        states
          .filter((to) => from !== to && nextStatus({ state: from }, { state: to }).state === to)
          .join(' '),
      ]),
    );
    expect(moves).to.deep.equal({
      connecting: 'connected reconnecting disconnected refused',
      connected: 'reconnecting disconnected refused',
      reconnecting: 'connected disconnected refused',
      disconnected: 'connecting',
      refused: 'connecting disconnected',
    });
  });

  it('returns the very same object where nothing changes', () => {
    const status = nextStatus({ state: 'connected' }, { state: 'reconnecting', retryAt: 1 });
    expect(nextStatus(status, { state: 'reconnecting', retryAt: 1 })).to.equal(status);
  });

  it('tells a new time of the next try, a lost network and another reason', () => {
    const status = { state: 'reconnecting', retryAt: 1 } as const;
    expect(nextStatus(status, { state: 'reconnecting' }).retryAt).to.equal(undefined);
    expect(nextStatus(status, { ...status, offline: true }).offline).to.equal(true);
    expect(
      nextStatus({ state: 'refused', reason: 'token' }, { state: 'refused', reason: 'ended' }).reason,
    ).to.equal('ended');
  });
});

describe('isStopped', () => {
  it('is what waits for the page', () => {
    expect(states.filter(isStopped)).to.deep.equal(['disconnected', 'refused']);
  });
});
