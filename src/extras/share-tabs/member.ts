import { randomId } from '../../connection/random-id.ts';
import type { Transport, TransportFactory } from '../../connection/transport.ts';
import { Broker } from './broker.ts';
import { rememberSession, rememberToken, withSharedSession } from './group.ts';
import type { Asked, GroupMessage, Told } from './messages.ts';
import type { Port } from './port.ts';
import { Pulse } from './pulse.ts';

/** For so long a leader whose socket closed waits for the others to have heard of it, ms. */
const FAREWELL = 500;

/** Whom a member serves. */
export interface MemberHost {
  readonly port: Port;
  readonly openTransport: TransportFactory;
  /** Whether this is the tab that draws attention. */
  primary(isPrimary: boolean): void;
}

/**
 * A tab in its group, from its coming to its going. Whoever holds the group's lock leads: it has the broker, and with it
 * the socket; all others wait for the lock. Each also holds a lock of its own, by which the leader learns that it is gone,
 * however it went.
 */
export class Member {
  readonly id = randomId();
  readonly #group: string;
  readonly #host: MemberHost;
  readonly #pulse: Pulse;
  /** Ends everything that this tab holds but the group's lock. */
  readonly #leaving = new AbortController();
  /** Ends the wait for the group's lock. */
  #queueing = new AbortController();
  #release: (() => void) | undefined;
  #bus: BroadcastChannel | undefined;
  #broker: Broker | undefined;
  /** Whose answers count; absent while nobody is known to lead. */
  #term: string | undefined;
  /** The leader's: the tabs that it looks after, each with the promise of its end. */
  readonly #watched = new Map<string, Promise<void>>();
  readonly #watching = new AbortController();
  #farewell: Promise<unknown> | undefined;
  #primary = '';
  #isPrimary = false;
  #isPrimaryVisible = false;

  constructor(group: string, host: MemberHost) {
    this.#group = group;
    this.#host = host;
    this.#pulse = new Pulse(
      group,
      () => !!this.#broker,
      () => this.#queue(true),
    );
  }

  /** @throws where locks or channels are forbidden, as in a frame without an origin. */
  async enter(): Promise<void> {
    const { signal } = this.#leaving;
    await new Promise<void>((entered, failed) => {
      const hold = () =>
        new Promise<void>((left) => {
          signal.addEventListener('abort', () => left());
          entered();
        });
      navigator.locks.request(`${this.#group} ${this.id}`, { signal }, hold).catch(failed);
    });
    if (signal.aborted) return;
    const bus = new BroadcastChannel(this.#group);
    bus.onmessage = ({ data }) => this.#hear(data);
    this.#bus = bus;
    this.#queue();
    this.#host.port.attach();
    this.#pulse.update();
  }

  /** Goes; another may lead at once, unless the others have first to hear why. */
  leave(): void {
    if (this.#leaving.signal.aborted) return;
    this.#post({ type: 'leave', from: this.id });
    this.#pulse.end();
    this.#broker?.end();
    this.#broker = undefined;
    this.#bus?.close();
    this.#leaving.abort();
    this.#queueing.abort();
    const end = () => {
      this.#watching.abort();
      this.#release?.();
    };
    if (this.#farewell) this.#farewell.then(end);
    else end();
  }

  ask(asked: Asked): void {
    const isVisible = !document.hidden;
    const isPrimary = this.#isPrimary;
    const message = { type: 'ask', term: this.#term, from: this.id, asked, isVisible, isPrimary } as const;
    if (this.#broker) queueMicrotask(() => this.#hear(message));
    else this.#post(message);
  }

  /** The page came into view, or left it. */
  visibilityChanged(): void {
    if (!this.#bus) return;
    this.#pulse.update();
    if (document.hidden) return;
    const message = { type: 'seen', from: this.id } as const;
    if (this.#broker) this.#hear(message);
    else this.#post(message);
  }

  /** @param steal - From a leader that does not answer. */
  #queue(steal = false): void {
    this.#queueing.abort();
    const queueing = new AbortController();
    const { signal } = queueing;
    this.#queueing = queueing;
    const hold = () =>
      signal.aborted
        ? undefined
        : new Promise<void>((release) => {
            this.#release = release;
            this.#lead();
          });
    navigator.locks.request(this.#group, steal ? { steal } : { signal }, hold).catch(() => {
      // Another took it.
      if (signal.aborted) return;
      this.#abdicate();
      this.#queue();
    });
  }

  #lead(): void {
    const term = randomId();
    this.#term = term;
    this.#primary = '';
    this.#isPrimaryVisible = false;
    this.#broker = new Broker({
      connect: (url, callbacks) => this.#connect(url, callbacks),
      tell: (tabs, told) => this.#tell(term, tabs, told),
      renewed: (token) => {
        this.#post({ type: 'token', token });
        this.#renew(token);
      },
      closed: () => {
        const all = Promise.all(this.#watched.values());
        this.#farewell = Promise.race([all, new Promise((resolve) => setTimeout(resolve, FAREWELL))]);
      },
      later: (delay, callback) => {
        setTimeout(() => this.#term === term && callback(), delay);
      },
      now: () => Date.now(),
    });
    this.#post({ type: 'lead', term });
    this.#pulse.update();
    this.#host.port.attach();
  }

  /** Leads no more. */
  #abdicate(): void {
    const term = this.#term;
    if (!this.#broker || term === undefined) return;
    this.#broker.end();
    this.#broker = this.#term = undefined;
    this.#post({ type: 'resign', term });
    this.#pulse.update();
    this.#host.port.attach();
  }

  #connect(address: string, callbacks: Parameters<TransportFactory>[1]): Transport {
    const { url, session } = withSharedSession(this.#group, address);
    if (session) this.#post({ type: 'session', session });
    return this.#host.openTransport(url, callbacks);
  }

  #tell(term: string, to: readonly string[], told: Told): void {
    const message = { type: 'tell', term, to, told } as const;
    if (to.includes(this.id)) queueMicrotask(() => this.#hear(message));
    if (to.some((tab) => tab !== this.id)) this.#post(message);
  }

  #hear(message: GroupMessage): void {
    const { port } = this.#host;
    if (this.#leaving.signal.aborted) return;
    if (message.type === 'lead') {
      this.#abdicate();
      this.#term = message.term;
      this.#pulse.update();
      port.attach();
    } else if (message.type === 'resign') {
      if (message.term !== this.#term) return;
      this.#term = undefined;
      port.attach();
    } else if (message.type === 'tell') {
      if (!message.to.includes(this.id)) return;
      this.#term ??= message.term;
      if (message.term === this.#term) port.hear(message.told);
    } else if (message.type === 'primary') {
      this.#term ??= message.term;
      if (message.term === this.#term) this.#setPrimary(message.tab === this.id);
    } else if (message.type === 'token') this.#renew(message.token);
    else if (message.type === 'session') rememberSession(this.#group, message.session);
    else if (this.#broker) this.#serve(this.#broker, message);
  }

  /** What the leader is asked. */
  #serve(broker: Broker, message: Extract<GroupMessage, { from: string }>): void {
    const { type, from } = message;
    if (type === 'leave') {
      broker.leave(from);
      if (from === this.#primary) this.#choose(this.id, false);
    } else if (type === 'seen') this.#choose(from, true);
    else if (message.asked.kind === 'frame') {
      if (message.term === this.#term) broker.frame(from, message.asked.text);
    } else {
      const { isVisible, isPrimary, asked } = message;
      this.#watch(from);
      const { session } = withSharedSession(this.#group, asked.url);
      if (session) this.#post({ type: 'session', session });
      broker.open(from, asked.url, asked.count);
      const isBetter = isVisible || (isPrimary && !this.#isPrimaryVisible);
      this.#choose(isBetter || !this.#primary ? from : this.#primary, isVisible || this.#isPrimaryVisible);
    }
  }

  /** Learns of a tab's end by being given its lock. */
  #watch(tab: string): void {
    const { signal } = this.#watching;
    if (tab === this.id || this.#watched.has(tab)) return;
    const gone = navigator.locks
      .request(`${this.#group} ${tab}`, { signal }, () => {
        this.#watched.delete(tab);
        if (this.#broker) this.#serve(this.#broker, { type: 'leave', from: tab });
      })
      .catch(() => {});
    this.#watched.set(tab, gone);
  }

  /** Of all tabs one draws attention: the one that is seen, or was last. */
  #choose(tab: string, isVisible: boolean): void {
    this.#primary = tab;
    this.#isPrimaryVisible = isVisible;
    this.#post({ type: 'primary', term: `${this.#term}`, tab });
    this.#setPrimary(tab === this.id);
  }

  #setPrimary(isPrimary: boolean): void {
    this.#isPrimary = isPrimary;
    this.#host.primary(isPrimary);
  }

  #renew(token: string): void {
    rememberToken(this.#group, token);
    this.#host.port.renew(token);
  }

  #post(message: GroupMessage): void {
    this.#bus?.postMessage(message);
  }
}
