import { Broker } from '../broker.ts';
import type { Asked, Frame, Told } from '../messages.ts';
import { Port } from '../port.ts';
import type { ModelServer } from './model-server.ts';

/** What a tab's page saw and did, as little of a connection as follows channels and sends messages. */
export class ModelTab {
  readonly port: Port;
  /** By channel, while it is followed: where the page stands. */
  readonly followed = new Map<string, number | undefined>();
  /** By channel: what came, `n` for a publication, `!n` for a gap that was told of. */
  readonly log = new Map<string, string[]>();
  /** Every frame. */
  readonly frames: Frame[] = [];
  /** Ids of messages that were acknowledged, once for each time. */
  readonly acknowledged: string[] = [];
  readonly unsent: string[] = [];
  /** Codes of the closes. */
  readonly closes: number[] = [];
  isOpen = false;
  /** Messages of the leader's that did not reach it yet. */
  readonly inbox: [term: number, told: Told][] = [];
  /** Ids of what the page asked and was not answered, by channel. */
  readonly #asked = new Map<string, string>();
  #count = 0;
  term = 0;

  constructor(
    readonly group: ModelGroup,
    readonly id: string,
  ) {
    const edge = {
      ask: (asked: Asked) => {
        group.outbox(id).push([this.term, asked]);
      },
      later: (_delay: number, callback: () => void) => {
        group.timers.push(callback);
      },
    };
    const { ask } = edge;
    const callbacks = {
      open: () => {
        this.isOpen = true;
        for (const [channel, at] of this.followed) this.#subscribe(channel, at);
        for (const message of this.unsent) this.#send(message);
      },
      message: (text: string) => this.#hear(JSON.parse(text)),
      close: (code: number) => {
        this.closes.push(code);
        this.isOpen = false;
      },
    };
    this.port = new Port('ws://model.test/', callbacks, { ...edge, ask });
  }

  follow(channel: string, at?: number): void {
    if (this.followed.has(channel)) return;
    this.followed.set(channel, at);
    this.log.set(channel, []);
    if (this.isOpen) this.#subscribe(channel, at);
  }

  unfollow(channel: string): void {
    if (!this.followed.delete(channel)) return;
    this.#asked.delete(channel);
    if (this.isOpen) this.port.send(JSON.stringify({ type: 'unsubscribe', id: this.#newId(), channel }));
  }

  /** Compares its position with the server's, as a connection does now and then. */
  check(channel: string): void {
    const at = this.followed.get(channel);
    if (this.isOpen && at !== undefined && !this.#asked.has(channel)) this.#subscribe(channel, at);
  }

  send(message: string): void {
    this.unsent.push(message);
    if (this.isOpen) this.#send(message);
  }

  ask(frame: object): void {
    this.port.send(JSON.stringify(frame));
  }

  #send(id: string): void {
    this.port.send(JSON.stringify({ type: 'message', id, channel: 'a', message: id }));
  }

  #newId(): string {
    this.#count += 1;
    return `${this.id}-${this.#count}`;
  }

  #subscribe(channel: string, at: number | undefined): void {
    const id = this.#newId();
    const since = at === undefined ? undefined : `${this.group.server.epoch}:${at}`;
    this.#asked.set(channel, id);
    this.port.send(JSON.stringify({ type: 'subscribe', id, channel, since }));
  }

  #hear(frame: Frame): void {
    this.frames.push(frame);
    const { type, id = '', channel = '' } = frame;
    if (type === 'ack') {
      this.acknowledged.push(id);
      this.unsent.splice(0, this.unsent.length, ...this.unsent.filter((unsent) => unsent !== id));
      return;
    }
    if (!this.followed.has(channel)) return;
    const at = this.followed.get(channel);
    const log = this.log.get(channel) as string[];
    const offset = Number(frame.offset);
    if (type === 'subscribed') {
      if (id && this.#asked.get(channel) !== id) return;
      if (id) this.#asked.delete(channel);
      if (frame.recovered) return;
      if (at !== undefined && at !== offset) log.push(`!${offset}`);
      this.followed.set(channel, offset);
    } else if (type === 'n' || type === 'message') {
      // An answer is still to come, or it comes again: a connection looks at neither.
      if (at === undefined || offset <= at) return;
      log.push(offset === at + 1 ? `${offset}` : `wrong ${offset} after ${at}`);
      this.followed.set(channel, offset);
    }
  }
}

/** Tabs that share a socket, one of which leads; nothing reaches anyone until {@link step} is called. */
export class ModelGroup {
  readonly tabs: ModelTab[] = [];
  readonly timers: (() => void)[] = [];
  now = 0;
  /** What the present leader asked to be done once its socket closed. */
  closes = 0;
  readonly #outboxes = new Map<string, [term: number, asked: Asked][]>();
  #broker: Broker | undefined;
  #term = 0;
  #opened = 0;
  readonly #keeps: number;

  /** @param keeps - Publications that a leader keeps of a channel: few, so that it often has to ask. */
  constructor(
    readonly server: ModelServer,
    keeps = 2,
  ) {
    this.#keeps = keeps;
  }

  outbox(tab: string): [term: number, asked: Asked][] {
    const outbox = this.#outboxes.get(tab) ?? [];
    this.#outboxes.set(tab, outbox);
    return outbox;
  }

  open(): ModelTab {
    this.#opened += 1;
    const tab = new ModelTab(this, `t${this.#opened}`);
    tab.term = this.#term;
    this.tabs.push(tab);
    tab.port.attach();
    return tab;
  }

  /** Its page is gone. */
  close(tab: ModelTab): void {
    tab.port.end();
    tab.isOpen = false;
    this.tabs.splice(this.tabs.indexOf(tab), 1);
    this.#outboxes.delete(tab.id);
    this.#broker?.leave(tab.id);
  }

  /** A page opens its transport again, from where it stood. */
  reopen(tab: ModelTab): ModelTab {
    this.close(tab);
    const next = this.open();
    for (const [channel, at] of tab.followed) {
      next.follow(channel, at);
      next.log.set(channel, [...(tab.log.get(channel) ?? [])]);
    }
    next.unsent.push(...tab.unsent);
    next.acknowledged.push(...tab.acknowledged);
    return next;
  }

  /**
   * Another leads from now on.
   *
   * @param isFrozen - The one before lives on and says no more; its socket stays open until it notices.
   */
  takeOver(isFrozen = false): void {
    const previous = this.#broker;
    if (!isFrozen) previous?.end();
    this.#term += 1;
    const term = this.#term;
    this.#broker = new Broker(
      {
        connect: (url, callbacks) => this.server.connect(url, callbacks),
        tell: (ids, told) => {
          for (const tab of this.tabs) if (ids.includes(tab.id)) tab.inbox.push([term, told]);
        },
        renewed: () => {},
        closed: () => {
          this.closes += 1;
        },
        later: (_delay, callback) => {
          this.timers.push(callback);
        },
        now: () => this.now,
      },
      this.#keeps,
    );
    for (const tab of this.tabs) {
      tab.term = term;
      tab.port.attach();
    }
  }

  get isQuiet(): boolean {
    const isWaiting = this.tabs.some((tab) => tab.inbox.length || this.outbox(tab.id).length);
    return !isWaiting && !this.server.ready.length && !this.timers.length;
  }

  /** One thing happens, whichever `choice` says. */
  step(choice: number): void {
    const steps = [
      ...this.server.ready.map((socket) => () => socket.step(Math.floor(choice / 7))),
      ...this.tabs
        .filter(({ inbox }) => inbox.length)
        .map((tab) => () => {
          const [term, told] = tab.inbox.shift() ?? [];
          if (told && term === tab.term) tab.port.hear(told);
        }),
      ...this.tabs
        .filter(({ id }) => this.outbox(id).length)
        .map((tab) => () => {
          const [term, asked] = this.outbox(tab.id).shift() ?? [];
          if (asked?.kind === 'open') this.#broker?.open(tab.id, asked.url, asked.count);
          else if (asked && term === this.#term) this.#broker?.frame(tab.id, asked.text);
        }),
      ...(this.timers.length ? [() => this.timers.shift()?.()] : []),
    ];
    steps[choice % steps.length]?.();
  }

  /** Until nothing more happens by itself. */
  settle(choice = () => 0): void {
    for (let count = 0; !this.isQuiet; count++) {
      if (count > 100_000) throw new Error('it never comes to rest');
      this.step(choice());
    }
  }
}
