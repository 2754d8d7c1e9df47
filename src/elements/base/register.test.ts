import { expect } from '@open-wc/testing';
import { register } from './register.ts';

describe('register', () => {
  it('defines an element, and leaves a tag that is taken alone', () => {
    const first = class extends HTMLElement {};
    register('test-registered', first);
    register('test-registered', class extends HTMLElement {});
    expect(customElements.get('test-registered')).to.equal(first);
  });

  it('waits until the page is parsed: what the server rendered into an element would be there in part', () => {
    const late = class extends HTMLElement {};
    Object.defineProperty(document, 'readyState', { configurable: true, value: 'loading' });
    try {
      register('test-late', late);
      expect(!!customElements.get('test-late')).to.equal(false);
    } finally {
      Reflect.deleteProperty(document, 'readyState');
    }
    document.dispatchEvent(new Event('readystatechange'));
    document.dispatchEvent(new Event('readystatechange'));
    expect(customElements.get('test-late')).to.equal(late);
  });
});
