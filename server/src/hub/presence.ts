import { type Person, personKey } from '../../../protocol/src/person.ts';

/** Who is on a channel: a user once, however many connections. */
export class Presence {
  readonly #people = new Map<string, { person: Person; connections: number }>();

  /** @returns whether the person was not there before. */
  join(person: Person): boolean {
    const key = personKey(person);
    const there = this.#people.get(key);
    if (there) {
      there.connections += 1;
      return false;
    }
    this.#people.set(key, { person, connections: 1 });
    return true;
  }

  /** @returns whether the person is gone with this connection. */
  leave(person: Person): boolean {
    const key = personKey(person);
    const there = this.#people.get(key);
    if (!there) return false;
    there.connections -= 1;
    if (there.connections > 0) return false;
    this.#people.delete(key);
    return true;
  }

  /** Everyone, in the order of their coming. */
  get people(): Person[] {
    return Array.from(this.#people.values(), ({ person }) => person);
  }

  get size(): number {
    return this.#people.size;
  }
}
