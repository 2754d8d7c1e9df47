import { expect } from '@open-wc/testing';
import { register } from './register.ts';

describe('register', () => {
  it('defines an element, and leaves a tag that is taken alone', () => {
    const first = class extends HTMLElement {};
    register('test-registered', first);
    register('test-registered', class extends HTMLElement {});
    expect(customElements.get('test-registered')).to.equal(first);
  });
});
