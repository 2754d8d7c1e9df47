import { expect } from '@open-wc/testing';
import { debug, debugBy } from './debug.ts';

describe('debug', () => {
  const said: string[] = [];
  const real = console.debug;
  beforeEach(() => {
    said.length = 0;
    console.debug = (...values: unknown[]) => said.push(values.join(' '));
  });
  afterEach(() => {
    console.debug = real;
    delete localStorage['ws-elements:debug'];
    debugBy(null);
  });

  it('says nothing unless it is asked for', () => {
    debugBy(document.createElement('script'));
    debug('→', '{}');
    expect(said).to.deep.equal([]);
  });

  it("is asked for by the script tag's data-debug, or by localStorage", () => {
    const script = document.createElement('script');
    script.setAttribute('data-debug', '');
    debugBy(script);
    debug('→', '{"type":"ping"}');
    localStorage['ws-elements:debug'] = '1';
    debugBy(null);
    debug('←', '{"type":"pong"}');
    expect(said).to.deep.equal(['ws-elements → {"type":"ping"}', 'ws-elements ← {"type":"pong"}']);
  });

  it('masks tokens', () => {
    localStorage['ws-elements:debug'] = '1';
    debugBy(null);
    debug('→', '{"type":"auth","token":"a.b.c","id":"1"}');
    expect(said).to.deep.equal(['ws-elements → {"type":"auth","token":"…","id":"1"}']);
  });
});
