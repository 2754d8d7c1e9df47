import { expect } from '@open-wc/testing';
import { MESSAGE_ID, SESSION_ID } from '../../protocol/src/names.ts';
import { randomId } from './random-id.ts';
import { sessionId } from './session.ts';

describe('randomId', () => {
  it('is a message id of the protocol, another each time', () => {
    const ids = Array.from({ length: 1000 }, randomId);
    expect(ids.every((id) => MESSAGE_ID.test(id))).to.equal(true);
    expect(new Set(ids).size).to.equal(1000);
  });

  it('does without crypto.randomUUID, which pages on plain http lack', () => {
    Object.defineProperty(crypto, 'randomUUID', { configurable: true, value: undefined });
    expect(randomId()).to.have.length(20);
    Reflect.deleteProperty(crypto, 'randomUUID');
  });
});

describe('sessionId', () => {
  it('is a session id of the protocol that stays with the tab', () => {
    const id = sessionId();
    expect(id).to.match(SESSION_ID);
    expect(sessionStorage.getItem('ws-elements:session')).to.equal(id);
    expect(sessionId()).to.equal(id);
  });

  it('stays with the page where storage is forbidden', () => {
    const real = Object.getOwnPropertyDescriptor(window, 'sessionStorage') as PropertyDescriptor;
    Object.defineProperty(window, 'sessionStorage', {
      configurable: true,
      get() {
        throw new DOMException('forbidden', 'SecurityError');
      },
    });
    const id = sessionId();
    expect(id).to.match(SESSION_ID);
    expect(sessionId()).to.equal(id);
    Object.defineProperty(window, 'sessionStorage', real);
  });
});
