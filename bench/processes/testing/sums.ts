/** A child for the tests of `child.ts`. */
import { answer } from '../child.ts';

answer({
  add: (a: number, b: number) => a + b,
  fail() {
    throw new Error('it went wrong');
  },
  end: () => process.exit(3),
});
