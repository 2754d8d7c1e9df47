import { expect } from '@open-wc/testing';
import { hasRoom, MAX_LENGTH, MAX_MESSAGES } from './outbox.ts';

const message = (text: string) => ({ text });

describe('the outbox', () => {
  it('is bounded by the number of messages', () => {
    const almost = Array.from({ length: MAX_MESSAGES - 1 }, () => message('x'));
    expect(hasRoom(almost, 'x')).to.equal(true);
    expect(hasRoom([...almost, message('x')], 'x')).to.equal(false);
  });

  it('is bounded by what they take together', () => {
    const large = [message('x'.repeat(MAX_LENGTH - 10))];
    expect(hasRoom(large, 'x'.repeat(10))).to.equal(true);
    expect(hasRoom(large, 'x'.repeat(11))).to.equal(false);
  });
});
