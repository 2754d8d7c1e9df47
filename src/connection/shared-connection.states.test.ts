import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { CAP, FLOOR } from './backoff.ts';
import type { SharedConnection } from './shared-connection.ts';
import { connectTo } from './testing/connect-to.ts';
import { FakePage } from './testing/fake-page.ts';
import { FakeServer, type FakeSocket } from './testing/fake-server.ts';
import { histories, settle } from './testing/histories.ts';
import type { ConnectionStatus } from './types.ts';
import { openTransport, setTransportFactory } from './websocket-transport.ts';

/** From one look at the clock to the next, ms. */
const TICK = 2500;
/** A try may take this long, ms. */
const PATIENCE = 15_000;
/** Connected for this long, a connection counts as good, ms. */
const STABLE = 10_000;
const HEARTBEAT = 25_000;
/** From the last sign of life to the end, ms: a quarter's grace, the look at the clock, and the answer to a ping. */
const SILENCE = 1.25 * HEARTBEAT + TICK + 5000;
/** Longest delay that a planned close asks for, ms. */
const PLANNED = 40_000;

type Setting = { token: 'none' | 'given' | 'url'; hidden: boolean; random: number };

type TokenAnswer = 'token' | 'forbidden' | 'broken' | 'none' | 'silence';

type Act =
  | { do: 'open' | 'disconnect' | 'connect' | 'pagehide' | 'pageshow' }
  /** `expiresIn`: of its token, ms. */
  | { do: 'welcome'; expiresIn?: number }
  | { do: 'close'; code: number }
  /** The server plans to close. */
  | { do: 'plan'; after: number }
  /** A socket that was let go of still says something. */
  | { do: 'late'; what: 'open' | 'welcome' | 'final close'; which: number }
  | { do: 'server'; isUp: boolean }
  /** The server answers pings no more, or again. */
  | { do: 'mute'; isMute: boolean }
  /** The browser will not open a socket at all, as with mixed content. */
  | { do: 'block'; isBlocked: boolean }
  | { do: 'token'; answer: TokenAnswer }
  | { do: 'network'; isOnline: boolean }
  | { do: 'show'; isSeen: boolean }
  | { do: 'wait'; ms: number }
  /** The wall clock jumps: the machine slept, or its clock was put right. */
  | { do: 'jump'; ms: number };

const code = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(1000, 1001, 1006, 1009, 1011, 4000, 4001, 4003, 4005) },
  { weight: 2, arbitrary: fc.constantFrom(1008, 4004) },
  { weight: 1, arbitrary: fc.integer({ min: 1000, max: 4999 }) },
  { weight: 1, arbitrary: fc.integer({ min: 4500, max: 4999 }) },
);
const simple = (...what: Act[]) => fc.constantFrom(...what);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 2, arbitrary: simple({ do: 'open' }) },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('welcome' as const),
      expiresIn: fc.constantFrom(...[0, 20_000, 3_600_000]),
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('close' as const), code }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('plan' as const), after: fc.constantFrom(0, 2000, PLANNED) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('late' as const),
      what: fc.constantFrom('open' as const, 'welcome' as const, 'final close' as const),
      which: fc.nat(5),
    }),
  },
  { weight: 2, arbitrary: simple({ do: 'server', isUp: false }, { do: 'server', isUp: true }) },
  { weight: 2, arbitrary: simple({ do: 'mute', isMute: true }, { do: 'mute', isMute: false }) },
  {
    weight: 1,
    arbitrary: simple({ do: 'block', isBlocked: true }, { do: 'block', isBlocked: false }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('token' as const),
      answer: fc.constantFrom<TokenAnswer>('token', 'token', 'forbidden', 'broken', 'none', 'silence'),
    }),
  },
  { weight: 4, arbitrary: simple({ do: 'network', isOnline: false }, { do: 'network', isOnline: true }) },
  { weight: 6, arbitrary: simple({ do: 'show', isSeen: false }, { do: 'show', isSeen: true }) },
  { weight: 2, arbitrary: simple({ do: 'pagehide' }) },
  { weight: 3, arbitrary: simple({ do: 'pageshow' }) },
  { weight: 2, arbitrary: simple({ do: 'disconnect' }) },
  { weight: 5, arbitrary: simple({ do: 'connect' }) },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(0, 50, 500, 3000, STABLE, PATIENCE, 45_000),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('jump' as const),
      ms: fc.constantFrom(5000, 60_000, 3_600_000, 86_400_000, -3_600_000),
    }),
  },
);
const setting: fc.Arbitrary<Setting> = fc.record({
  token: fc.constantFrom('none', 'given', 'url', 'url'),
  hidden: fc.constantFrom(false, false, false, true),
  random: fc.double({ min: 0, max: 1, noNaN: true }),
});

/** A page and a server, and what a connection between them may and must do, told without timers or sockets. */
class World {
  readonly #connection: SharedConnection;
  #status: ConnectionStatus;
  #act: Act | undefined;
  #isMute = false;
  #isBlocked = false;
  #isAway = false;
  /** By what may refuse it, since it was asked to connect. */
  #mayRefuse = new Set<string>();
  #failures = 0;
  #renewed = false;
  #planned: number | undefined;
  /** By the wall clock. */
  #connectedAt = 0;
  /** What was answered last to who asked for a token. */
  #answered: TokenAnswer | undefined;
  /** By how much the wall clock jumped. */
  #jumped = 0;
  #heardAt = Date.now();
  #triesSince = Date.now();
  #answeredPings = new Map<FakeSocket, number>();
  readonly #putBack: () => void;
  readonly #stop: () => void;
  /** What was wrong with a change: a connection keeps what its listeners throw out of its way. */
  #error: unknown;

  constructor(
    readonly setting: Setting,
    readonly page: FakePage,
    readonly server: FakeServer,
  ) {
    page.random = setting.random;
    if (setting.hidden) page.seen(false);
    const open = openTransport;
    this.#putBack = setTransportFactory((url, callbacks) => {
      if (this.#isBlocked) throw new DOMException('blocked', 'SecurityError');
      return open(url, callbacks);
    });
    this.#answerTokens('token');
    const { token } = setting;
    const identity = { none: {}, given: { token: 'x' }, url: { tokenUrl: '/token' } }[token];
    this.#connection = connectTo(server, identity);
    this.#status = this.#connection.status;
    this.#stop = this.#connection.onStatusChange((...both) => {
      try {
        this.#changed(...both);
      } catch (error) {
        this.#error ??= error;
      }
    });
  }

  async do(act: Act): Promise<void> {
    const { page, server } = this;
    const connection = this.#connection;
    const before = connection.status;
    const sockets = server.sockets.length;
    this.#act = act;
    if (act.do === 'open') this.#socket?.open();
    else if (act.do === 'welcome') this.#welcome(act.expiresIn);
    else if (act.do === 'close') this.#close(act.code);
    else if (act.do === 'plan') this.#plan(act.after);
    else if (act.do === 'late') this.#late(act.what, act.which);
    else if (act.do === 'server') server.accepting = act.isUp;
    else if (act.do === 'mute') this.#isMute = act.isMute;
    else if (act.do === 'block') this.#isBlocked = act.isBlocked;
    else if (act.do === 'token') this.#answerTokens(act.answer);
    else if (act.do === 'network') page.networked(act.isOnline);
    else if (act.do === 'show') page.seen(act.isSeen);
    else if (act.do === 'pagehide') {
      this.#isAway = true;
      page.hidePage();
    } else if (act.do === 'pageshow') {
      this.#isAway = false;
      page.showPage();
    } else if (act.do === 'disconnect') this.#disconnect();
    else if (act.do === 'connect') this.#connect();
    else if (act.do === 'wait') await this.#wait(act.ms);
    else if (act.do === 'jump') {
      this.#jumped += act.ms;
      page.sleep(act.ms);
    }
    await this.#settle();
    // Who is not seen waits, whatever comes, but for the user.
    if (before.retryAt !== undefined && document.hidden && act.do !== 'connect' && act.do !== 'disconnect') {
      expect(server.sockets.length, 'sockets of a hidden page').to.equal(sockets);
      expect(connection.status.retryAt, 'a hidden page waits').not.to.equal(undefined);
    }
    // Who has stopped stays so, but for the user.
    if (isStopped(before) && act.do !== 'connect' && act.do !== 'disconnect') {
      const { offline } = connection.status;
      expect({ ...before, offline }, 'who has stopped').to.deep.equal(connection.status);
      expect(server.sockets.length, 'sockets of who has stopped').to.equal(sockets);
    }
    this.#act = undefined;
    this.#look();
  }

  /** Everything works again; nobody says so but the page. */
  async rest(): Promise<void> {
    const { page, server } = this;
    server.accepting = true;
    this.#isMute = this.#isBlocked = false;
    this.#answerTokens('token');
    if (!navigator.onLine) page.networked(true);
    if (document.hidden) page.seen(true);
    if (this.#isAway) page.showPage();
    this.#isAway = false;
    await this.#settle();
    if (isStopped(this.#status)) {
      await this.do({ do: 'wait', ms: 2 * CAP });
      this.#connect();
    }
    // What is under way, a planned close, then the longest wait, then a try.
    await this.#wait(SILENCE + PATIENCE + PLANNED + 1000 + PATIENCE + CAP, true);
    this.#look();
    expect(this.#connection.state, 'after everything works again').to.equal('connected');
    this.#stop();
    this.#connection.close();
    expect(this.#open, 'sockets of a closed connection').to.deep.equal([]);
    expect(page.clock.countTimers(), 'timers of a closed connection').to.equal(0);
  }

  end(): void {
    this.#stop();
    this.#connection.close();
    this.#putBack();
    this.page.seen(true);
    this.page.networked(true);
  }

  /** What timers call time, which no jump of the wall clock moves. */
  get #time(): number {
    return Date.now() - this.#jumped;
  }

  get #open(): FakeSocket[] {
    return this.server.sockets.filter(({ state }) => state !== 'closed');
  }

  get #socket(): FakeSocket | undefined {
    return this.#open.at(-1);
  }

  #answerTokens(how: TokenAnswer): void {
    const answer = (status: number, body: object) => ({ ok: status < 400, status, json: async () => body });
    this.page.answers = [
      async () => {
        this.#answered = how;
        if (how === 'none') throw new TypeError('Failed to fetch');
        if (how === 'silence') return new Promise<Response>(() => {});
        if (how === 'forbidden') this.#mayRefuse.add('token');
        const [status, body] = { token: [200, { token: 'x' }], forbidden: [403, {}], broken: [500, {}] }[
          how
        ] as [number, object];
        return answer(status, body) as Response;
      },
    ];
  }

  #welcome(tokenExpiresIn?: number): void {
    const socket = this.#socket;
    if (!socket) return;
    socket.open();
    this.#heardAt = this.#time;
    this.#planned = undefined;
    this.#act = { do: 'welcome' };
    if (this.#status.state !== 'connected') this.#connectedAt = Date.now();
    socket.welcome({ heartbeat: HEARTBEAT, tokenExpiresIn });
    expect(this.#connection.state, 'after welcome').to.equal('connected');
    this.#connectedAt = Date.now();
  }

  /** DESIGN.md's close codes: 4500–4999 and 1008 are final, the last but for a fresh token; so is 4004 without one. */
  #close(code: number): void {
    const socket = this.#socket;
    if (!socket) return;
    const renewed = this.#renewed && !this.#isStable;
    const canRenew = this.setting.token === 'url';
    let reason: string | undefined;
    if (code === 1008 && !(canRenew && !renewed)) reason = 'token';
    else if (code === 4004 && !canRenew) reason = 'token';
    else if (code === 4501) reason = 'origin';
    else if (code === 4502) reason = 'protocol';
    else if (code >= 4500) reason = 'ended';
    if (reason) {
      this.#mayRefuse.add(reason);
      this.#planned = undefined;
    }
    socket.close(code);
    const { state, reason: told } = this.#connection.status;
    expect([code, state, told]).to.deep.equal([code, reason ? 'refused' : 'reconnecting', reason]);
    this.#renewed = renewed || code === 1008;
  }

  #plan(after: number): void {
    if (this.#socket?.state !== 'open') return;
    this.#planned = after;
    this.#heardAt = this.#time;
    this.#socket.receive({ type: 'reconnect', after });
  }

  #late(what: 'open' | 'welcome' | 'final close', which: number): void {
    const gone = this.server.sockets.filter(({ state }) => state === 'closed');
    const callbacks = gone.at(-1 - (which % Math.max(1, gone.length)))?.callbacks;
    const { status } = this.#connection;
    if (what === 'open') callbacks?.open();
    else if (what === 'welcome') callbacks?.message('{"type":"welcome","protocol":1,"clientId":"late"}');
    else callbacks?.close(4500, '');
    expect(this.#connection.status, `after a late ${what}`).to.equal(status);
  }

  #disconnect(): void {
    this.#connection.disconnect();
    const { state, retryAt } = this.#connection.status;
    expect({ state, retryAt }).to.deep.equal({ state: 'disconnected', retryAt: undefined });
    this.#planned = undefined;
  }

  #connect(): void {
    const { status } = this.#connection;
    const sockets = this.server.sockets.length;
    this.#act = { do: 'connect' };
    if (isStopped(status)) {
      this.#failures = 0;
      this.#renewed = false;
      this.#mayRefuse.clear();
      this.#triesSince = this.#time;
    }
    this.#connection.connect();
    if (isStopped(status) && !this.#isBlocked) expect(this.#connection.state).to.equal('connecting');
    else if (status.retryAt === undefined) {
      expect(this.#connection.status).to.equal(isStopped(status) ? this.#connection.status : status);
      if (!isStopped(status)) expect(this.server.sockets.length).to.equal(sockets);
    } else expect(this.#connection.status.retryAt, 'connect() waits for nothing').to.equal(undefined);
  }

  /** In steps, between which promises come to rest. With `help` the server welcomes everyone. */
  async #wait(ms: number, help = false): Promise<void> {
    const isSeen = !document.hidden;
    for (let gone = 0; gone < ms || !gone; gone += TICK) {
      this.page.clock.tick(Math.min(TICK, ms - gone));
      await this.#settle();
      if (help && this.server.accepting && this.#status.state !== 'connected') this.#welcome();
      await this.#settle();
      this.#look();
    }
    const { retryAt } = this.#connection.status;
    if (isSeen && retryAt !== undefined && ms >= TICK) expect(retryAt - Date.now()).to.be.above(-TICK);
  }

  async #settle(): Promise<void> {
    await settle();
    const socket = this.#socket;
    if (socket?.state !== 'open' || this.#isMute) return;
    const pings = socket.sent.filter(({ type }) => type === 'ping').length;
    if (pings === (this.#answeredPings.get(socket) ?? 0)) return;
    this.#answeredPings.set(socket, pings);
    this.#heardAt = this.#time;
    socket.receive({ type: 'pong' });
  }

  get #isStable(): boolean {
    return this.#status.state === 'connected' && Date.now() - this.#connectedAt >= STABLE;
  }

  /** Every change has its cause, and every wait its bounds. */
  readonly #changed = (status: ConnectionStatus, previous: ConnectionStatus): void => {
    const { state, reason, retryAt } = status;
    const by = this.#act?.do;
    expect(previous, 'the status before').to.equal(this.#status);
    if (state !== previous.state) {
      if (state === 'connected') expect(by).to.equal('welcome');
      if (state === 'connecting') expect([by, isStopped(previous)]).to.deep.equal(['connect', true]);
      if (state === 'disconnected') expect(by).to.equal('disconnect');
      if (state === 'reconnecting') expect(isStopped(previous), 'comes back by itself').to.equal(false);
      if (state === 'refused' && reason === 'configuration') expect(this.#isBlocked).to.equal(true);
      else if (state === 'refused') expect([...this.#mayRefuse]).to.include(reason);
    }
    if (state === 'refused') expect(reason).to.be.a('string');
    if (state !== 'reconnecting') expect(retryAt).to.equal(undefined);
    if (retryAt !== undefined && retryAt !== previous.retryAt) {
      if (this.#isStable) {
        this.#failures = 0;
        this.#renewed = false;
      }
      const delay = retryAt - Date.now();
      if (by === 'pagehide') expect(delay).to.equal(0);
      else if (this.#planned !== undefined) {
        expect(delay, 'planned').to.be.within(this.#planned + FLOOR, this.#planned + FLOOR + 800);
      } else {
        const most = Math.min(CAP - FLOOR, 800 * 2 ** this.#failures);
        expect(delay, 'backoff').to.be.within(FLOOR + (this.#failures ? most / 5 : 0), FLOOR + most);
        this.#failures += 1;
      }
      this.#planned = undefined;
    } else if (retryAt === undefined && previous.retryAt !== undefined) this.#triesSince = this.#time;
    this.#status = status;
  };

  /** What holds at any time. */
  #look(): void {
    if (this.#error) throw this.#error;
    const { status } = this.#connection;
    const { state, retryAt } = status;
    const open = this.#open;
    const timers = this.page.clock.countTimers();
    expect(status, 'the status told last').to.equal(this.#status);
    expect(open.length, 'sockets').to.be.at.most(1);
    if (isStopped(status)) {
      expect(open.length, `sockets while ${state}`).to.equal(0);
      expect(timers, `timers while ${state}`).to.equal(0);
      this.#answered = undefined;
      return;
    }
    expect(this.#answered, 'after 403').not.to.equal('forbidden');
    expect(timers, `timers while ${state}`).to.be.at.least(1);
    if (state === 'connected') {
      expect(open.map((socket) => socket.state)).to.deep.equal(['open']);
      expect(this.#time - this.#heardAt, 'silence').to.be.at.most(SILENCE);
    } else if (retryAt !== undefined) expect(open.length, 'sockets of who waits').to.equal(0);
    else {
      expect(this.#time - this.#triesSince, 'length of a try').to.be.at.most(PATIENCE);
      if (!open.length) expect(this.#answered, 'what is waited for').to.equal('silence');
    }
  }
}

function isStopped({ state }: ConnectionStatus): boolean {
  return state === 'disconnected' || state === 'refused';
}

describe('the states of a connection', () => {
  let page: FakePage;
  let server: FakeServer | undefined;
  beforeEach(() => {
    page = new FakePage();
  });
  afterEach(() => {
    server?.restore();
    page.restore();
  });

  it('follow from what happened, and lead back to connected, whatever that was', async function () {
    this.timeout(120_000);
    const run = async (setting: Setting, acts: Act[]) => {
      page.clock.setSystemTime(Date.UTC(2024, 0, 1, 12));
      server?.restore();
      server = new FakeServer({ auto: false });
      const world = new World(setting, page, server);
      try {
        for (const act of acts) await world.do(act);
        await world.rest();
      } finally {
        world.end();
      }
    };
    await fc.assert(
      fc.asyncProperty(setting, fc.array(act, { maxLength: 60, size: 'max' }), run),
      histories(13, 2000),
    );
  });
});
