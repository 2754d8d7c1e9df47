import { isProtocolType, PROTOCOL_VERSION } from '../../../protocol/src/names.ts';
import { formatPosition, type Position, parsePosition } from '../../../protocol/src/position.ts';
import { randomId } from '../../connection/random-id.ts';
import type { TransportCallbacks } from '../../connection/transport.ts';
import { addQuery } from '../../connection/url.ts';
import { type Asked, type Frame, parseFrame, type Told } from './messages.ts';

/** What a tab follows, as its page was told. */
interface Followed {
  /** Where the page stands, by what it was given, or says itself. */
  position: Position | undefined;
  /** The server's answer was given to the page; until then its own `subscribe` waits, and is sent again. */
  isAnswered: boolean;
  presence: boolean;
  /** Ids of the page's `subscribe` frames; an answer to an earlier following is not for this one. */
  readonly ids: Set<string>;
}

/** What answers a frame with an id. */
const ANSWERS = ['ack', 'error', 'history', 'subscribed', 'unsubscribed'];

/** What a port needs of the world. */
export interface PortEdge {
  /** Asks whoever leads. */
  ask(asked: Asked): void;
  later(delay: number, callback: () => void): void;
}

/**
 * A tab's end of the shared socket. It notes what the page follows, how far it came and what it waits for, so that the
 * next leader can go on where the one before ended: the page sees a transport that stays open.
 */
export class Port {
  #url: string;
  readonly #callbacks: TransportCallbacks;
  readonly #edge: PortEdge;
  /** The page was told that it is open. */
  #isOpen = false;
  /** The present leader has answered; what is sent before waits. */
  #isAttached = false;
  #isClosed = false;
  /** How often it has asked to open. */
  #count = 0;
  #isPlain = false;
  #isPinging = false;
  readonly #followed = new Map<string, Followed>();
  /** Frames that wait for their answers, in order. */
  readonly #waiting = new Map<string, string>();
  /** By the ids under which this port itself subscribes anew. */
  readonly #resuming = new Map<string, string>();

  constructor(url: string, callbacks: TransportCallbacks, edge: PortEdge) {
    this.#url = url;
    this.#callbacks = callbacks;
    this.#edge = edge;
  }

  /** Opens at whoever leads, for the first time or again. */
  attach(): void {
    if (this.#isClosed) return;
    this.#isAttached = false;
    this.#resuming.clear();
    // A plain server cannot tell what it has had: the page has to begin anew.
    if (this.#isOpen && this.#isPlain) this.#close(1006, '');
    else {
      this.#count += 1;
      this.#edge.ask({ kind: 'open', url: this.#url, count: this.#count });
    }
  }

  /** From now on it comes with this token. */
  renew(token: string): void {
    this.#url = addQuery(this.#url, { token });
  }

  /** A frame of the page's. */
  send(text: string): void {
    const frame = parseFrame(text);
    const { type, id, channel = '' } = frame ?? {};
    if (type === 'ping') this.#isPinging = true;
    else if (type === 'subscribe') {
      const { position, presence, isAnswered, ids } = this.#followed.get(channel) ?? {};
      const since = parsePosition(`${frame?.since ?? ''}`);
      this.#followed.set(channel, {
        position: since && (position ?? since),
        // Without a place it begins anew.
        isAnswered: !!since && !!isAnswered,
        presence: presence || frame?.presence === true,
        ids: new Set([...(ids ?? []), `${id}`]),
      });
    } else if (type === 'unsubscribe') {
      // Nobody waits for these answers any more.
      for (const asked of this.#followed.get(channel)?.ids ?? []) this.#waiting.delete(asked);
      this.#followed.delete(channel);
    }
    if (id !== undefined) this.#waiting.set(id, text);
    if (this.#isAttached) this.#edge.ask({ kind: 'frame', text });
  }

  /** What the leader tells. */
  hear(told: Told): void {
    if (this.#isClosed) return;
    if (told.kind === 'closed') this.#close(told.code, told.reason);
    else if (told.kind === 'opened') {
      if (told.count === this.#count) this.#opened();
    } else if (this.#isAttached) this.#receive(told.text);
  }

  /** The page has closed it: tells nothing more. */
  end(): void {
    this.#isClosed = true;
  }

  #close(code: number, reason: string): void {
    this.#isClosed = true;
    this.#callbacks.close(code, reason);
  }

  #opened(): void {
    this.#isAttached = true;
    if (!this.#isOpen) {
      this.#isOpen = true;
      this.#callbacks.open();
      return;
    }
    for (const channel of this.#followed.keys()) this.#resume(channel);
    for (const text of this.#waiting.values()) this.#edge.ask({ kind: 'frame', text });
    if (this.#isPinging) this.#edge.ask({ kind: 'frame', text: JSON.stringify({ type: 'ping' }) });
  }

  /** Follows a channel at another leader from where the page stands. */
  #resume(channel: string): void {
    const { position, isAnswered, presence } = this.#followed.get(channel) ?? {};
    if (!position || !isAnswered) return;
    const id = randomId();
    this.#resuming.set(id, channel);
    const since = formatPosition(position);
    const frame = { type: 'subscribe', id, channel, since, presence: presence || undefined };
    this.#edge.ask({ kind: 'frame', text: JSON.stringify(frame) });
  }

  #receive(text: string): void {
    const frame = parseFrame(text);
    if (!frame || this.#note(frame)) this.#callbacks.message(text);
  }

  /** @returns whether it is for the page as it is. */
  #note(frame: Frame): boolean {
    const { type, id = '', channel = '', epoch, offset } = frame;
    const followed = this.#followed.get(channel);
    const resumed = this.#resuming.get(id);
    if (resumed !== undefined && (type === 'subscribed' || type === 'error')) {
      this.#resuming.delete(id);
      return this.#resumed(frame, resumed);
    }
    if (type === 'welcome') this.#isPlain = frame.protocol !== PROTOCOL_VERSION;
    else if (type === 'pong') this.#isPinging = false;
    else if (type === 'unsubscribed' && !id) this.#followed.delete(channel);
    else if (!isProtocolType(type) && followed?.position && typeof offset === 'number') {
      const place = offset - followed.position.offset;
      // What was on its way while a page asked comes again with the answer; or it is left of an earlier following.
      if (place < 1 || (place > 1 && !followed.isAnswered)) return false;
      followed.position = { ...followed.position, offset };
    }
    if (type === 'subscribed' && followed && (!id || followed.ids.has(id))) {
      followed.isAnswered = true;
      if (frame.recovered !== true) followed.position = { epoch: `${epoch}`, offset: Number(offset) };
    }
    if (ANSWERS.includes(type)) {
      this.#waiting.delete(id);
      followed?.ids.delete(id);
      if (type === 'error' && followed && !followed.isAnswered && frame.code !== 'rate_limited') {
        this.#followed.delete(channel);
      }
    }
    return true;
  }

  /** The answer to the port's own question. */
  #resumed(frame: Frame, channel: string): boolean {
    const { type, epoch, offset, code, retryAfter } = frame;
    const followed = this.#followed.get(channel);
    if (!followed) return false;
    if (type === 'subscribed') {
      if (frame.recovered === true) return false;
      followed.position = { epoch: `${epoch}`, offset: Number(offset) };
      // Unasked, as a server says it that has lost its numbering.
      this.#callbacks.message(JSON.stringify({ ...frame, id: undefined }));
    } else if (code === 'rate_limited') {
      this.#edge.later(Number(retryAfter) || 1000, () => this.#isAttached && this.#resume(channel));
    } else {
      this.#followed.delete(channel);
      this.#callbacks.message(JSON.stringify({ ...frame, id: undefined }));
      this.#callbacks.message(JSON.stringify({ type: 'unsubscribed', channel }));
    }
    return false;
  }
}
