/** A chat's worth of messages that look like people's, the same in every run. */

export interface Message {
  userId: string;
  name: string;
  text: string;
  /** ISO 8601, UTC, with milliseconds. */
  timestamp: string;
}

const people = [
  ['17', 'Ana'],
  ['23', 'Ben Okafor'],
  ['42', 'Chloé'],
  ['108', 'Dmitri'],
  ['311', 'Eun-ji Park'],
  ['512', 'Fatima'],
  ['777', '王小明'],
  ['1024', 'Giuseppe Verdi-Lindqvist'],
] as const;

const words =
  'the a parcel order today tomorrow morning already still maybe please thanks yes no we they customer warehouse invoice sent arrived late early address phone call again check number wrong right blue green size return refund stock back page loads slow fast see screenshot attached later lunch 😀 👍 ok und auch straße naïve'.split(
    ' ',
  );

/** Of a hundred messages, how many are long, and how many have line breaks. */
const LONG = 6;
const BROKEN = 10;
/** In words; the longest stays within the 1,000 code points that a server lets through. */
const SHORT_LENGTH = [1, 24] as const;
const LONG_LENGTH = [60, 80] as const;
/** Of a hundred messages, how many come from whoever wrote the one before. */
const SAME_SENDER = 35;
/** From one message to the next at most, ms. */
const PAUSE = 40_000;
const FIRST = Date.UTC(2024, 0, 1, 8);

/** Equal for equal counts and seeds; the last one says that it is. */
export function createMessages(count: number, seed = 1): Message[] {
  const random = createRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const within = ([least, most]: readonly [number, number]) => least + below(most - least + 1);
  let sender = 0;
  let time = FIRST;
  return Array.from({ length: count }, (_, index) => {
    if (below(100) >= SAME_SENDER) sender = below(people.length);
    const [userId, name] = people[sender] as (typeof people)[number];
    time += below(PAUSE);
    const length = within(below(100) < LONG ? LONG_LENGTH : SHORT_LENGTH);
    const broken = below(100) < BROKEN;
    const said = Array.from({ length }, () => words[below(words.length)]).join(' ');
    const text = index === count - 1 ? `That was the last of ${count}.` : said;
    return {
      userId,
      name,
      text: broken ? breakLines(text) : text,
      timestamp: new Date(time).toISOString(),
    };
  });
}

/** After every fifth word. */
function breakLines(text: string): string {
  return text.replace(/((?:\S+ ){4}\S+) /g, '$1\n');
}

/** Numbers from 0 to below 1: Mulberry32, a seed's whole state in 32 bits. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
