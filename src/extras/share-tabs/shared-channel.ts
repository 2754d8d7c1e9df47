import { type Person, personKey } from '../../../protocol/src/person.ts';
import { formatPosition, type Position, parsePosition } from '../../../protocol/src/position.ts';
import { randomId } from '../../connection/random-id.ts';
import type { Frame } from './messages.ts';

/** UTF-16 code units of publications that are kept for tabs that come later. */
const MAX_LENGTH = 100_000;

/** Tabs compare their positions with the server's now and then; within this time one comparison is good for all, ms. */
const CHECKED = 60_000;

/** What a shared channel needs of the world. */
export interface ChannelEdge {
  /** Sends a frame to the server. */
  send(frame: object): void;
  tell(tabs: readonly string[], text: string): void;
  later(delay: number, callback: () => void): void;
  now(): number;
}

/** A tab that follows the channel. */
interface Follower {
  /** Of the last publication that it was given, or where it says to stand; absent where it wants what comes from now on. */
  position: Position | undefined;
  /** Gets what is published; else it waits to be told from where. */
  isLive: boolean;
  /** Its `subscribe` frames that wait for an answer. */
  asks: string[];
  presence: boolean;
  /** Is to be told who is there. */
  isStateDue: boolean;
  /** Wants its position compared with the server's. */
  isCheckDue: boolean;
}

/** A `subscribe` under way to the server. */
interface Question {
  readonly id: string;
  readonly since: Position | undefined;
  readonly presence: boolean;
  /** Once it is answered: the last offset of what was missed, which follows. */
  upto?: number;
}

/**
 * A channel that several tabs follow by one subscription: gives each publication once and in order to each of them,
 * wherever it stands. A tab that is behind is caught up with what is kept here, or else by asking the server again from
 * its position: what the others have had already passes them by. One question is under way at a time, since the server
 * ends one catching-up where another begins.
 */
export class SharedChannel {
  readonly #name: string;
  readonly #edge: ChannelEdge;
  readonly #keeps: number;
  readonly #followers = new Map<string, Follower>();
  /** Of the numbering; absent until the server has answered. */
  #epoch: string | undefined;
  /** Offset of the last publication that came. */
  #seen = 0;
  /** Offset at which the server stands, as far as is known; behind `#seen` never. */
  #head = 0;
  /** The last of what came, without a gap up to `#seen`. */
  #kept: { offset: number; text: string }[] = [];
  #keptLength = 0;
  #question: Question | undefined;
  #checkedAt = 0;
  /** The server was asked who is there. */
  #isWatched = false;
  #people: readonly Person[] | undefined;

  /** @param keeps - Publications at most that are kept for tabs that come later. */
  constructor(name: string, edge: ChannelEdge, keeps: number) {
    this.#name = name;
    this.#edge = edge;
    this.#keeps = keeps;
  }

  get isEmpty(): boolean {
    return this.#followers.size === 0;
  }

  /** The tabs that follow it. */
  get tabs(): string[] {
    return [...this.#followers.keys()];
  }

  /** Whether it is this channel's own question to the server. */
  isAsked(id: string | undefined): boolean {
    return id !== undefined && id === this.#question?.id;
  }

  /** A tab's `subscribe`: a first one, or one of many to come. */
  subscribe(tab: string, { id = '', since, presence }: Frame): void {
    const place = parsePosition(`${since ?? ''}`);
    const follower: Follower = this.#followers.get(tab) ?? {
      position: place,
      isLive: false,
      asks: [],
      presence: false,
      isStateDue: false,
      isCheckDue: false,
    };
    this.#followers.set(tab, follower);
    const isCheck = follower.isLive && !!place && isSame(place, follower.position);
    follower.asks.push(id);
    if (presence === true) follower.presence = follower.isStateDue = true;
    if (isCheck) follower.isCheckDue = this.#edge.now() - this.#checkedAt > CHECKED;
    else {
      follower.isLive = false;
      follower.position = place;
    }
    this.#serve();
  }

  /** A tab follows it no more. */
  leave(tab: string): void {
    this.#followers.delete(tab);
  }

  /** The server's `subscribed`: to the question, or unasked. */
  subscribed(frame: Frame): void {
    const { id, recovered } = frame;
    const epoch = `${frame.epoch}`;
    const offset = Number(frame.offset);
    const question = this.#question;
    if (id === undefined) {
      // The numbering is another, or what was to follow is gone.
      if (question?.upto !== undefined) this.#question = undefined;
      this.#moveTo(epoch, offset);
      this.#lose(() => true);
    } else if (question && id === question.id) this.#answered(question, epoch, offset, recovered === true);
    this.#serve();
  }

  /** The server will not have the question. */
  refused(frame: Frame): void {
    this.#question = undefined;
    const { retryAfter } = frame;
    for (const [tab, follower] of [...this.#followers]) {
      const { asks, isLive } = follower;
      follower.asks = [];
      follower.isCheckDue = false;
      for (const id of asks) this.#tell([tab], { ...frame, id });
      if (isLive) continue;
      // Who asked is told and may come again; who only fell behind knows nothing of it.
      if (asks.length || frame.code !== 'rate_limited') this.#followers.delete(tab);
      if (!asks.length && frame.code !== 'rate_limited') this.#end([tab], frame);
    }
    if (frame.code === 'rate_limited') this.#edge.later(Number(retryAfter) || 1000, () => this.#serve());
  }

  /** The server ended the subscription. */
  ended(frame: Frame): void {
    this.#tell(this.tabs, frame);
  }

  publication(offset: number, text: string): void {
    if (this.#epoch === undefined) return;
    const epoch = this.#epoch;
    if (offset > this.#seen) this.#keep(offset, text);
    const tabs: string[] = [];
    for (const [tab, follower] of this.#followers) {
      const { position, isLive } = follower;
      if (!isLive || !position) continue;
      if (offset === position.offset + 1) {
        follower.position = { epoch, offset };
        tabs.push(tab);
      } else if (offset > position.offset) follower.isLive = false;
    }
    if (tabs.length) this.#edge.tell(tabs, text);
    if (offset >= (this.#question?.upto ?? Infinity)) this.#question = undefined;
    this.#serve();
  }

  presence(frame: Frame): void {
    const { event } = frame;
    const users = Array.isArray(frame.users) ? (frame.users as Person[]) : [];
    if (event === 'state') this.#people = users;
    else if (this.#people) {
      const keys = new Set(users.map(personKey));
      const others = this.#people.filter((person) => !keys.has(personKey(person)));
      this.#people = event === 'join' ? [...others, ...users] : others;
    }
    const watching = [...this.#followers].filter(([, { presence }]) => presence);
    if (event === 'state') for (const [, follower] of watching) follower.isStateDue = false;
    this.#tell(
      watching.map(([tab]) => tab),
      frame,
    );
  }

  /** Answers who can be answered from what is known here, and asks the server for the rest. */
  #serve(): void {
    const waiting: Follower[] = [];
    for (const [tab, follower] of this.#followers) {
      if (follower.isLive && !follower.asks.length) continue;
      if (this.#isKnownHere(follower)) this.#answer(tab, follower, this.#isSameEpoch(follower));
      else waiting.push(follower);
    }
    if (this.#question || !waiting.length) return;
    this.#ask(waiting);
  }

  #isKnownHere({ position, isLive, isStateDue, isCheckDue }: Follower): boolean {
    if (this.#epoch === undefined || isCheckDue || (isStateDue && !this.#isWatched)) return false;
    if (isLive || position?.epoch !== this.#epoch) return true;
    const { offset } = position;
    return (
      offset <= this.#head && (offset >= this.#seen || offset + 1 >= (this.#kept[0]?.offset ?? Infinity))
    );
  }

  #isSameEpoch({ position }: Follower): boolean | undefined {
    return position && position.epoch === this.#epoch;
  }

  /** Asks from the place furthest behind: that serves those before it too. */
  #ask(waiting: readonly Follower[]): void {
    const [first] = waiting.flatMap(({ position, isLive }) => (position && !isLive ? [position] : []));
    const epoch = this.#epoch ?? first?.epoch;
    const offsets = waiting.flatMap(({ position, isLive }) =>
      position?.epoch === epoch && position && !isLive ? [position.offset] : [],
    );
    const offset = offsets.length ? Math.min(...offsets) : this.#epoch === undefined ? undefined : this.#seen;
    const since = epoch === undefined || offset === undefined ? undefined : { epoch, offset };
    const presence = !this.#isWatched && waiting.some(({ isStateDue }) => isStateDue);
    this.#question = { id: randomId(), since, presence };
    this.#checkedAt = this.#edge.now();
    this.#edge.send({
      type: 'subscribe',
      id: this.#question.id,
      channel: this.#name,
      since: since && formatPosition(since),
      presence: presence || undefined,
    });
  }

  #answered(question: Question, epoch: string, offset: number, isRecovered: boolean): void {
    const { since, presence } = question;
    this.#question = undefined;
    // The state follows right behind.
    this.#isWatched ||= presence;
    for (const [, follower] of this.#followers) follower.isCheckDue = false;
    if (isRecovered && since) {
      if (this.#epoch !== epoch) {
        this.#moveTo(epoch, since.offset);
        this.#lose((position) => position?.epoch !== epoch);
      }
      this.#head = Math.max(this.#head, offset);
      if (offset > since.offset) this.#question = { ...question, upto: offset };
    } else if (epoch !== this.#epoch || offset < this.#seen) {
      this.#moveTo(epoch, offset);
      this.#lose(() => true);
    } else if (offset > this.#seen) {
      // Something did not come although it should have: who had all so far has to be caught up.
      this.#moveTo(epoch, offset);
      for (const [, follower] of this.#followers) follower.isLive &&= follower.position?.offset === offset;
    }
    for (const [tab, follower] of this.#followers) {
      const { position, isLive } = follower;
      if (isLive || position?.epoch !== epoch) continue;
      // Who came while the question was under way may stand further than its answer: that is another question.
      if (since?.epoch !== epoch) continue;
      const { offset: stands } = position;
      if (isRecovered && stands >= since.offset && stands <= this.#head) this.#answer(tab, follower, true);
      else if (!isRecovered && stands <= since.offset) this.#answer(tab, follower, false);
    }
  }

  /** The server stands there, and nothing before it is kept here. */
  #moveTo(epoch: string, offset: number): void {
    this.#epoch = epoch;
    this.#seen = this.#head = offset;
    this.#kept = [];
    this.#keptLength = 0;
  }

  /** Tells those who were up to date that they are no more. */
  #lose(isLost: (position: Position | undefined) => boolean): void {
    for (const [tab, follower] of this.#followers) {
      if (!follower.isLive || !isLost(follower.position)) continue;
      follower.position = { epoch: `${this.#epoch}`, offset: this.#head };
      this.#tell([tab], this.#place(undefined, false));
    }
  }

  /** @param recovered - Whether it is caught up, as far as it said where it stood. */
  #answer(tab: string, follower: Follower, recovered: boolean | undefined): void {
    const { asks, position, isLive, isStateDue } = follower;
    follower.asks = [];
    for (const id of asks) this.#tell([tab], this.#place(id, recovered));
    if (!asks.length && recovered === false) this.#tell([tab], this.#place(undefined, false));
    if (isStateDue && this.#people) {
      follower.isStateDue = false;
      this.#tell([tab], { type: 'presence', channel: this.#name, event: 'state', users: this.#people });
    }
    if (isLive) return;
    follower.isLive = true;
    const epoch = `${this.#epoch}`;
    if (!recovered || !position) {
      follower.position = { epoch, offset: this.#head };
      return;
    }
    for (const { offset, text } of this.#kept) {
      if (offset !== (follower.position?.offset ?? 0) + 1) continue;
      follower.position = { epoch, offset };
      this.#edge.tell([tab], text);
    }
  }

  #place(id: string | undefined, recovered: boolean | undefined): Frame {
    return { type: 'subscribed', id, channel: this.#name, epoch: this.#epoch, offset: this.#head, recovered };
  }

  #keep(offset: number, text: string): void {
    if (offset !== this.#seen + 1) {
      this.#kept = [];
      this.#keptLength = 0;
    }
    this.#seen = offset;
    this.#head = Math.max(this.#head, offset);
    this.#kept.push({ offset, text });
    this.#keptLength += text.length;
    while (this.#kept.length > this.#keeps || this.#keptLength > MAX_LENGTH) {
      this.#keptLength -= this.#kept.shift()?.text.length ?? 0;
    }
  }

  /** What was followed without being asked for now ends, as when a right is taken away. */
  #end(tabs: readonly string[], { code, message }: Frame): void {
    this.#tell(tabs, { type: 'error', code, message, channel: this.#name });
    this.#tell(tabs, { type: 'unsubscribed', channel: this.#name });
  }

  #tell(tabs: readonly string[], frame: Frame): void {
    if (tabs.length) this.#edge.tell(tabs, JSON.stringify(frame));
  }
}

function isSame(one: Position, other: Position | undefined): boolean {
  return one.epoch === other?.epoch && one.offset === other.offset;
}
