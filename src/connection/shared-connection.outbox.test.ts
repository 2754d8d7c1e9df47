import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { MAX_AGE, MAX_LENGTH, MAX_MESSAGES } from './outbox.ts';
import { closeAll } from './registry.ts';
import { forgetServers, type SharedConnection } from './shared-connection.ts';
import { connectTo } from './testing/connect-to.ts';
import { FakePage } from './testing/fake-page.ts';
import { FakeServer, type FakeSocket } from './testing/fake-server.ts';
import { FakeStorage } from './testing/fake-storage.ts';
import { histories, settle } from './testing/histories.ts';
import type { SendError } from './types.ts';

const STORED = 'ws-elements:outbox';
const SESSION = 'ws-elements:session';

type Person = 'ana' | 'ben' | 'guest';

/** Where the server speaks the plain protocol, and how a page says who its user is. */
type Setting = { plain: boolean; tokenUrl: boolean; random: number };

type Act =
  | { do: 'send'; channel: string; length: number }
  /** To the last character, or one more. */
  | { do: 'fill'; over: boolean }
  /** To the last message, and one more. */
  | { do: 'crowd' }
  /** The server welcomes who waits. */
  | { do: 'welcome' }
  /** What the server does with the message that is in flight. */
  | { do: 'answer'; how: 'ack' | 'publication' | 'both' }
  | { do: 'refuse'; code: string }
  | { do: 'limit'; retryAfter?: number }
  /** The server answers something that nobody asked on this socket. */
  | { do: 'stray' }
  /** The socket closes before or after the server took what was in flight. */
  | { do: 'close'; code: number; taken: boolean; after?: number }
  /** Another page in the same tab; the one before went with or without a farewell. */
  | { do: 'load'; as: Person; crash: boolean }
  /** Into the back/forward cache and back. */
  | { do: 'leave' }
  /** The page's session became another user's. */
  | { do: 'switch'; to: Person }
  | { do: 'disconnect' }
  | { do: 'connect' }
  | { do: 'wait'; ms: number }
  | { do: 'sleep'; ms: number }
  | { do: 'storage'; mode: FakeStorage['mode'] };

const person = fc.constantFrom<Person>('ana', 'ana', 'ana', 'ben', 'guest');
const act = fc.oneof<fc.WeightedArbitrary<Act>[]>(
  { weight: 150, arbitrary: fc.constant({ do: 'stray' }) },
  {
    weight: 3000,
    arbitrary: fc.record({
      do: fc.constant('send'),
      channel: fc.constantFrom('lobby', 'lobby', 'orders', 'user:ana'),
      length: fc.nat(40),
    }),
  },
  { weight: 2000, arbitrary: fc.constant({ do: 'welcome' }) },
  {
    weight: 2500,
    arbitrary: fc.record({
      do: fc.constant('answer'),
      how: fc.constantFrom('ack', 'ack', 'publication', 'both'),
    }),
  },
  {
    weight: 300,
    arbitrary: fc.record({
      do: fc.constant('refuse'),
      code: fc.constantFrom('forbidden', 'message_too_long', 'unavailable', 'frame_too_large'),
    }),
  },
  {
    weight: 300,
    arbitrary: fc.record({
      do: fc.constant('limit'),
      retryAfter: fc.constantFrom(100, 3000, 60_000, undefined),
    }),
  },
  {
    weight: 1000,
    arbitrary: fc.record({
      do: fc.constant('close'),
      code: fc.constantFrom(
        1000,
        1001,
        1002,
        1003,
        1006,
        1006,
        1007,
        1009,
        1009,
        1012,
        3000,
        4000,
        4001,
        4006,
      ),
      taken: fc.boolean(),
      after: fc.constantFrom(undefined, undefined, 2000),
    }),
  },
  {
    weight: 150,
    arbitrary: fc.record({
      do: fc.constant('close'),
      code: fc.constantFrom(1008, 4003, 4004, 4500, 4501, 4502),
      taken: fc.boolean(),
    }),
  },
  { weight: 750, arbitrary: fc.record({ do: fc.constant('load'), as: person, crash: fc.boolean() }) },
  { weight: 200, arbitrary: fc.constant({ do: 'leave' }) },
  {
    weight: 150,
    arbitrary: fc.record({ do: fc.constant('switch'), to: fc.constantFrom<Person>('ana', 'ben') }),
  },
  { weight: 150, arbitrary: fc.constant({ do: 'disconnect' }) },
  { weight: 300, arbitrary: fc.constant({ do: 'connect' }) },
  {
    weight: 750,
    arbitrary: fc.record({ do: fc.constant('wait'), ms: fc.constantFrom(100, 1000, 5000, 20_000) }),
  },
  {
    weight: 200,
    arbitrary: fc.record({ do: fc.constant('sleep'), ms: fc.constantFrom(60_000, MAX_AGE / 2, MAX_AGE) }),
  },
  {
    weight: 150,
    arbitrary: fc.record({ do: fc.constant('storage'), mode: fc.constantFrom('fine', 'full', 'forbidden') }),
  },
  { weight: 20, arbitrary: fc.record({ do: fc.constant('fill'), over: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ do: 'crowd' }) },
) as fc.Arbitrary<Act>;
const setting = fc.record({
  plain: fc.constantFrom(...Array<boolean>(9).fill(false), true),
  tokenUrl: fc.boolean(),
  random: fc.double({ min: 0, max: 1, noNaN: true }),
});

/** What the test knows of a message, from the moment when the page gave it. */
interface Message {
  readonly number: number;
  readonly id: string;
  readonly author: Person;
  readonly channel: string;
  readonly page: number;
  /** Of its frame, UTF-16 code units. */
  readonly length: number;
  /** By which this page or a later one was told of it, and when. */
  readonly fates: { page: number; offset?: number | undefined; code?: string }[];
  /** How often the server took it, and where. */
  readonly offsets: number[];
  /** The user was told that it is dropped. */
  told?: boolean;
  readonly at: number;
  /** How often a close has blamed it, on which page. */
  blames?: { page: number; count: number };
  /** It was in a page that went while it could not be written down. */
  excused?: boolean;
}

/** A tab with one page after the other, and the server at its other end, who knows message ids by their senders. */
class World {
  readonly messages = new Map<string, Message>();
  /** What the server took, in order. */
  readonly log: Message[] = [];
  #page = 0;
  #firstSocket = 0;
  #connection!: SharedConnection;
  /** Whose page it is, as far as it can know. */
  #author!: Person;
  /** Whose token there is to be had now. */
  #user!: Person;
  /** What the page found when it came. */
  #left: [url: string, owner: string, text: string, at: number][] = [];
  /** The connection was welcomed on this page. */
  #isKnown = false;
  #loadedAt = 0;
  #slept = 0;
  /** Until when the server wants nothing more on a socket. */
  readonly #limits = new Map<FakeSocket, number>();
  /** What was given up without a reason. */
  readonly #wrong: string[] = [];
  /** The messages of earlier pages whose fates this page follows too. */
  readonly #followed = new Set<string>();
  /** How many messages of each socket the server has dealt with. */
  readonly #handled = new Map<FakeSocket, number>();
  #received = new Map<FakeSocket, number>();

  constructor(
    readonly setting: Setting,
    readonly page: FakePage,
    readonly storage: FakeStorage,
    readonly server: FakeServer,
  ) {
    page.random = setting.random;
    document.addEventListener('ws-outbox-dropped', this.#hearDropped);
    this.#begin('ana');
  }

  async do(act: Act): Promise<void> {
    const { page, storage } = this;
    const socket = this.#socket;
    if (act.do === 'send') this.#send(act.channel, act.length);
    else if (act.do === 'fill') this.#fill(act.over);
    else if (act.do === 'crowd') {
      if (this.#connection.state === 'refused') return;
      const room = MAX_MESSAGES - this.#connection.pending.length;
      for (let count = 0; count <= room; count++) this.#send('lobby', 0);
    } else if (act.do === 'welcome') this.#welcome();
    else if (act.do === 'answer') this.#answer(act.how);
    else if (act.do === 'refuse') this.#refuse(act.code);
    else if (act.do === 'limit') this.#limit(act.retryAfter);
    else if (act.do === 'stray') this.#stray();
    else if (act.do === 'close') this.#close(act);
    else if (act.do === 'load') await this.#load(act.as, act.crash);
    else if (act.do === 'leave') {
      page.hidePage();
      page.showPage();
    } else if (act.do === 'switch' && this.#isKnown && this.setting.tokenUrl && this.#user !== 'guest') {
      this.#user = act.to;
      if (socket?.state === 'open') socket.close(4003);
    } else if (act.do === 'disconnect') this.#connection.disconnect();
    else if (act.do === 'connect') this.#connection.connect();
    else if (act.do === 'wait') await this.#wait(act.ms);
    else if (act.do === 'sleep') {
      this.#slept += act.ms;
      page.sleep(act.ms);
    } else if (act.do === 'storage') {
      storage.mode = act.mode;
      this.#excuse();
    }
    await settle();
    this.#look();
  }

  /** Everything works again, for as long as it takes. */
  async rest(): Promise<void> {
    const { storage } = this;
    storage.mode = 'fine';
    for (let turn = 0; turn < 40; turn++) {
      this.#connection.connect();
      await this.#wait(2500);
      this.#welcome();
      await settle();
      this.#look();
      while (this.#inFlight) {
        this.#answer('ack');
        await settle();
        this.#look();
      }
      if (!this.#connection.pending.length && this.#connection.state === 'connected') break;
    }
    expect([this.#connection.state, this.#connection.pending]).to.deep.equal(['connected', []]);
  }

  /** What is promised, at rest. */
  check(): void {
    const { plain } = this.setting;
    for (const { number, page, fates, offsets, told, excused } of this.messages.values()) {
      const name = `message ${number}`;
      const acknowledged = fates.filter(({ code }) => !code);
      const isRejected = fates.length > acknowledged.length;
      expect(offsets.length, `times that the server has ${name}`).to.be.at.most(1);
      if (acknowledged.length)
        expect(offsets.length, `times that it has the acknowledged ${name}`).to.equal(1);
      for (const { offset } of plain ? [] : acknowledged)
        expect(offset, `place of ${name}`).to.equal(offsets[0]);
      if (page === this.#page) expect(fates.length, `answers to ${name}`).to.equal(1);
      if (!offsets.length)
        expect(isRejected || told || excused, `${name} is lost and nobody was told`).to.equal(true);
    }
    for (const author of ['ana', 'ben', 'guest']) {
      const order = this.log.filter((message) => message.author === author && !message.excused);
      expect(order.map(({ number }) => number)).to.deep.equal(
        order.map(({ number }) => number).sort((a, b) => a - b),
      );
    }
  }

  end(): void {
    document.removeEventListener('ws-outbox-dropped', this.#hearDropped);
    closeAll();
  }

  /** What timers call time: the wall clock without the jumps of a sleep. */
  get #time(): number {
    return Date.now() - this.#slept;
  }

  get #socket(): FakeSocket | undefined {
    return this.server.sockets.slice(this.#firstSocket).at(-1);
  }

  /** What the server has before it and has not answered. */
  get #inFlight(): Message | undefined {
    const socket = this.#socket;
    if (socket?.state !== 'open') return undefined;
    const frames = this.#messagesOf(socket);
    const handled = this.#handled.get(socket) ?? 0;
    expect(frames.length - handled, 'messages in flight').to.be.at.most(1);
    return frames.length > handled ? this.#messageOf(frames.at(-1)) : undefined;
  }

  #messagesOf(socket: FakeSocket): FakeSocket['sent'] {
    return socket.sent.filter(({ type }) => type === 'message');
  }

  #messageOf(frame: object | undefined): Message {
    const { message } = frame as { message: string };
    return this.messages.get(message.split(' ')[0] as string) as Message;
  }

  /** As whom a socket speaks. */
  #senderOf(socket: FakeSocket): string {
    const token = socket.query.get('token');
    return token ? JSON.parse(atob(token.split('.')[1] as string)).sub : 'guest';
  }

  #begin(as: Person): void {
    const { setting, server, page, storage } = this;
    this.#page += 1;
    this.#firstSocket = server.sockets.length;
    this.#author = this.#user = as;
    this.#isKnown = false;
    this.#loadedAt = Date.now();
    this.#left = storage.mode === 'forbidden' ? [] : JSON.parse(storage.read(STORED) ?? '[]');
    this.#followed.clear();
    page.answers = [
      async () => ({ ok: true, status: 200, json: async () => ({ token: tokenOf(this.#user) }) }) as Response,
    ];
    const identity = setting.tokenUrl ? { tokenUrl: '/token' } : { token: tokenOf(as) };
    this.#connection = connectTo(server, as === 'guest' ? {} : identity);
  }

  #stray(): void {
    const { pending } = this.#connection;
    for (const type of ['error', 'ack', 'message']) {
      const other = {
        id: 'another',
        channel: 'lobby',
        message: 'No',
        clientId: 'x',
        code: 'forbidden',
        offset: 1,
      };
      this.#socket?.receive({ type, ...other });
    }
    expect(this.#connection.pending, 'after the answer to something else').to.deep.equal(pending);
  }

  #close({ code, taken, after }: Extract<Act, { do: 'close' }>): void {
    const message = this.#inFlight;
    const socket = this.#socket;
    if (message && taken) this.#take(message);
    if (message && [1002, 1003, 1007, 1009].includes(code)) {
      const count = message.blames?.page === this.#page ? message.blames.count + 1 : 1;
      message.blames = { page: this.#page, count };
    }
    if (after !== undefined) socket?.receive({ type: 'reconnect', after });
    socket?.close(code);
  }

  async #load(as: Person, crash: boolean): Promise<void> {
    const { page, storage, setting } = this;
    if (!crash) page.hidePage();
    await settle();
    const left = [STORED, SESSION].map((key) => [key, storage.read(key)] as const);
    // What a page cannot write down goes with it: a plain server could not tell it from something new, and whose it
    // is may not be known before the first token.
    const isWritten = (id: string) => left[0]?.[1]?.includes(`\\"${id}\\"`);
    for (const message of this.messages.values()) {
      const isOpen = this.#connection.pending.includes(message.id);
      const isUnknown = setting.tokenUrl && !this.#isKnown && this.#user !== 'guest';
      if (isOpen && !isWritten(message.id) && (setting.plain || isUnknown)) message.excused = true;
      // A plain server has no such channel, and the page that says so knows nothing of who gave it.
      if (setting.plain && message.channel !== 'lobby') message.excused = true;
    }
    // Nothing of it lives on: what its promises say from now on, nobody hears.
    this.#page += 1;
    closeAll();
    for (const [key, value] of left) storage.put(key, value);
    forgetServers();
    this.#begin(as);
  }

  #send(channel: string, length: number): void {
    const connection = this.#connection;
    const number = this.messages.size;
    const id = `m${number}`;
    const text = `${id} ${'x'.repeat(length)}`;
    const frame = JSON.stringify({ type: 'message', message: text, id, channel });
    const message: Message = {
      number,
      id,
      author: this.#author,
      channel,
      page: this.#page,
      length: frame.length,
      at: Date.now(),
      fates: [],
      offsets: [],
      excused: this.storage.mode !== 'fine',
    };
    const hasRoom =
      connection.pending.length < MAX_MESSAGES && this.#pendingLength + message.length <= MAX_LENGTH;
    const isFull = connection.state !== 'refused' && !hasRoom;
    this.messages.set(id, message);
    this.#follow(message, connection.send(channel, text, { id }));
    if (isFull) expect(connection.pending, `no room for ${id}`).not.to.include(id);
    // Only who was welcomed knows all that there is; a plain server has one channel.
    else if (this.#isKnown && !this.setting.plain && connection.state !== 'refused') {
      expect(connection.pending, `room for ${id}`).to.include(id);
    }
  }

  #fill(over: boolean): void {
    const bare = JSON.stringify({
      type: 'message',
      message: `m${this.messages.size} `,
      id: `m${this.messages.size}`,
      channel: 'lobby',
    });
    const length = MAX_LENGTH - this.#pendingLength - bare.length + (over ? 1 : 0);
    if (length < 0 || this.#connection.pending.length >= MAX_MESSAGES) return;
    this.#send('lobby', length);
  }

  get #pendingLength(): number {
    return this.#connection.pending.reduce((sum, id) => sum + (this.messages.get(id)?.length ?? 0), 0);
  }

  #follow(message: Message, sent: Promise<{ offset?: number }>): void {
    const page = this.#page;
    this.#followed.add(message.id);
    sent.then(
      ({ offset }) => page === this.#page && message.fates.push({ page, offset }),
      ({ code }: SendError) => page === this.#page && this.#reject(message, code),
    );
  }

  /** A page is told that its message failed; that it may have arrived only where nobody can know. */
  #reject(message: Message, code: string): void {
    const { id, blames, author } = message;
    message.fates.push({ page: this.#page, code });
    const isBlamed = blames?.page === this.#page && blames.count === 2;
    if (code === 'closed' && !this.setting.plain && !isBlamed && author === this.#author)
      this.#wrong.push(id);
  }

  #welcome(): void {
    const socket = this.#socket;
    if (socket?.state !== 'connecting') return;
    const sender = this.#senderOf(socket) as Person;
    this.#author = sender;
    this.#isKnown = true;
    socket.open();
    socket.welcome({ userId: sender === 'guest' || this.setting.plain ? undefined : sender });
  }

  /** The server has it now, if it had not; its place in the log. */
  #take(message: Message): number {
    if (this.setting.plain || !message.offsets.length) message.offsets.push(this.log.push(message));
    return message.offsets[0] as number;
  }

  #handle(): void {
    const socket = this.#socket as FakeSocket;
    this.#handled.set(socket, (this.#handled.get(socket) ?? 0) + 1);
  }

  #answer(how: 'ack' | 'publication' | 'both'): void {
    const message = this.#inFlight;
    const socket = this.#socket;
    if (!message || !socket) return;
    const frame = this.#messagesOf(socket).at(-1);
    const offset = this.#take(message);
    const timestamp = new Date().toISOString();
    this.#handle();
    const told = { ...frame, channel: frame?.channel, clientId: socket.clientId, offset, timestamp };
    if (this.setting.plain) socket.receive({ ...frame });
    else {
      if (how !== 'ack') socket.receive(told);
      if (how !== 'publication') {
        socket.receive({
          type: 'ack',
          id: message.id,
          channel: frame?.channel,
          epoch: 'e',
          offset,
          timestamp,
        });
      }
    }
  }

  #refuse(code: string): void {
    const message = this.#inFlight;
    if (!message) return;
    // A server that has it already says so.
    if (message.offsets.length) {
      this.#answer('ack');
      return;
    }
    this.#handle();
    const id = code === 'frame_too_large' || this.setting.plain ? undefined : message.id;
    this.#socket?.receive({ type: 'error', code, message: 'No', id });
  }

  #limit(retryAfter?: number): void {
    const message = this.#inFlight;
    if (!message || this.setting.plain) return;
    this.#handle();
    this.#limits.set(this.#socket as FakeSocket, this.#time + (retryAfter ?? 3000));
    this.#socket?.receive({
      type: 'error',
      code: 'rate_limited',
      message: 'Slow',
      id: message.id,
      retryAfter,
    });
  }

  /** In steps, between which promises come to rest, as they do between timers. */
  async #wait(ms: number): Promise<void> {
    for (let gone = 0; gone < ms; gone += 2500) {
      this.page.clock.tick(Math.min(2500, ms - gone));
      await settle();
      this.#look();
    }
  }

  /** What cannot be written down now may be lost with the page. */
  #excuse(): void {
    if (this.storage.mode === 'fine') return;
    for (const message of this.messages.values()) {
      if (message.fates.every(({ page }) => page !== this.#page)) message.excused = true;
    }
  }

  /** What holds at any time. */
  #look(): void {
    const connection = this.#connection;
    const { pending } = connection;
    expect(this.#wrong, 'given up without a reason').to.deep.equal([]);
    // Before its first token a page does not know what it will take over.
    if (!this.setting.tokenUrl) {
      expect(pending.length, 'messages in the outbox').to.be.at.most(MAX_MESSAGES);
      expect(this.#pendingLength, 'length of the outbox').to.be.at.most(MAX_LENGTH);
    }
    const numbers = pending.map((id) => (this.messages.get(id) as Message).number);
    expect(numbers, 'order of the outbox').to.deep.equal([...numbers].sort((a, b) => a - b));
    for (const id of pending) if (!this.#followed.has(id)) this.#followKept(id);
    for (const socket of this.server.sockets.slice(this.#firstSocket)) this.#receive(socket);
    // What an earlier page left may wait for another try of the user's.
    const own = pending.filter((id) => this.messages.get(id)?.page === this.#page);
    if (connection.state === 'refused') expect(own, 'what waits for nothing').to.deep.equal([]);
    // Whoever may speak and has something to say has said it.
    const limit = this.#limits.get(this.#socket as FakeSocket) ?? 0;
    if (connection.state === 'connected' && pending[0] && this.#time >= limit) {
      expect(this.#inFlight?.id, 'in flight').to.equal(pending[0]);
    }
  }

  #followKept(id: string): void {
    for (const channel of ['lobby', 'orders', 'user:ana']) {
      const unsent = this.#connection.unsent(channel).find((each) => each.id === id);
      if (unsent) this.#follow(this.messages.get(id) as Message, unsent.sent);
    }
  }

  /** What reaches the server is its sender's own, and nothing that anybody was told is over. */
  #receive(socket: FakeSocket): void {
    const frames = this.#messagesOf(socket);
    for (const frame of frames.slice(this.#received.get(socket) ?? 0)) {
      const { id, author, page, at, told, excused, fates, blames } = this.#messageOf(frame);
      expect(blames?.page === this.#page ? blames.count : 0, `closes that blamed ${id}`).to.be.below(2);
      expect(this.#time, `end of the limit before ${id}`).to.be.at.least(this.#limits.get(socket) ?? 0);
      if (page !== this.#page) expect(this.#loadedAt - at, `age of ${id}`).to.be.below(MAX_AGE);
      if (!this.setting.plain) expect(frame.id).to.equal(id);
      expect(this.#senderOf(socket), `sender of ${author}'s ${id}`).to.equal(author);
      const over = fates.filter(({ code }) => code && code !== 'closed');
      if (!excused) expect([id, told, over]).to.deep.equal([id, undefined, []]);
    }
    this.#received.set(socket, frames.length);
  }

  readonly #hearDropped = (event: Event): void => {
    const { dropped } = (event as CustomEvent).detail;
    const mine = this.#author === 'guest' ? this.storage.read(SESSION) : this.#author;
    const gone = this.#left.filter(([, whose, , at]) => whose !== mine || Date.now() - at >= MAX_AGE);
    expect(dropped, 'how many are told as dropped').to.equal(gone.length);
    for (const [, , text] of gone) this.#messageOf(JSON.parse(text)).told = true;
  };
}

/** As far as a client reads it. */
function tokenOf(sub: string): string {
  return `x.${btoa(JSON.stringify({ sub }))}.x`;
}

describe('the outbox', () => {
  let page: FakePage;
  let storage: FakeStorage;
  let server: FakeServer | undefined;
  const { warn } = console;
  beforeEach(() => {
    page = new FakePage();
    storage = new FakeStorage();
    console.warn = () => {};
  });
  afterEach(() => {
    server?.restore();
    storage.restore();
    page.restore();
    console.warn = warn;
  });

  it('loses nothing untold and says nothing twice, in order and for its owner alone, whatever happens', async function () {
    this.timeout(120_000);
    const run = async (setting: Setting, acts: Act[]) => {
      page.clock.setSystemTime(Date.UTC(2024, 0, 1, 12));
      storage.clear();
      server?.restore();
      server = new FakeServer({ auto: false, plain: setting.plain });
      const world = new World(setting, page, storage, server);
      try {
        for (const act of acts) await world.do(act);
        await world.rest();
        world.check();
      } finally {
        world.end();
      }
    };
    await fc.assert(
      fc.asyncProperty(setting, fc.array(act, { maxLength: 60, size: 'max' }), run),
      histories(11, 2000),
    );
  });
});
