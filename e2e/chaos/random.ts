/** Numbers that a seed decides: Mulberry32, a seed's whole state in 32 bits. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** From 0 to below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  /** @throws {RangeError} There is nothing to pick from. */
  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('expected a list that is not empty');
    return list[this.between(0, list.length - 1)] as T;
  }

  /** Gives out the list's values in a random order, each as often as any other or once more. */
  deal<T>(list: readonly T[], count: number): T[] {
    const dealt = Array.from({ length: count }, (_, index) => list[index % list.length] as T);
    for (let index = dealt.length - 1; index > 0; index--) {
      const other = this.between(0, index);
      [dealt[index], dealt[other]] = [dealt[other] as T, dealt[index] as T];
    }
    return dealt;
  }

  /** Another generator, so that what one part draws does not move what another draws. */
  fork(): Random {
    return new Random(this.between(0, 2 ** 32 - 1));
  }
}
