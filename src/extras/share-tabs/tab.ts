import { invalidatesToken } from '../../connection/close-action.ts';
import type { Transport, TransportCallbacks, TransportFactory } from '../../connection/transport.ts';
import { forgetToken, nameGroup, withFreshToken } from './group.ts';
import { Member } from './member.ts';
import { Port } from './port.ts';

/**
 * A transport over a socket that other tabs may have. It lasts until the page or the server closes it, whichever tab has
 * the socket; a page that is frozen leaves its group, and comes back to it when it goes on.
 */
export class Tab implements Transport {
  readonly #url: string;
  readonly #callbacks: TransportCallbacks;
  readonly #openTransport: TransportFactory;
  #group = '';
  #port: Port | undefined;
  #member: Member | undefined;
  /** The tab's own, where nothing can be shared. */
  #own: Transport | undefined;
  #isClosed = false;
  #isPrimary = false;

  constructor(url: string, callbacks: TransportCallbacks, openTransport: TransportFactory) {
    this.#url = url;
    this.#callbacks = callbacks;
    this.#openTransport = openTransport;
    document.addEventListener('freeze', this.#leave);
    document.addEventListener('resume', this.#enter);
    document.addEventListener('visibilitychange', this.#visibilityChanged);
    this.#begin();
  }

  /** Whether it is for this tab to draw attention. */
  get isPrimary(): boolean {
    return this.#isPrimary;
  }

  send(text: string): void {
    (this.#own ?? this.#port)?.send(text);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    document.removeEventListener('freeze', this.#leave);
    document.removeEventListener('resume', this.#enter);
    document.removeEventListener('visibilitychange', this.#visibilityChanged);
    this.#port?.end();
    this.#leave();
    this.#own?.close();
  }

  async #begin(): Promise<void> {
    try {
      this.#group = await nameGroup(this.#url);
    } catch {
      // Told by what the browser says to the URL itself.
    }
    const { open, message } = this.#callbacks;
    this.#port = new Port(
      withFreshToken(this.#group, this.#url),
      {
        open,
        message,
        close: (code, reason) => {
          if (invalidatesToken(code)) forgetToken(this.#group);
          this.#callbacks.close(code, reason);
          this.close();
        },
      },
      {
        ask: (asked) => this.#member?.ask(asked),
        later: (delay, callback) => void setTimeout(() => this.#isClosed || callback(), delay),
      },
    );
    await this.#enter();
  }

  readonly #enter = async (): Promise<void> => {
    if (this.#isClosed || this.#member || this.#own || !this.#port) return;
    const member = new Member(this.#group, {
      port: this.#port,
      openTransport: this.#openTransport,
      primary: this.#setPrimary,
    });
    this.#member = member;
    try {
      await member.enter();
    } catch {
      if (this.#member !== member || this.#isClosed) return;
      this.#member = undefined;
      this.#alone();
    }
  };

  readonly #leave = (): void => {
    this.#member?.leave();
    this.#member = undefined;
  };

  /** Where locks are forbidden. */
  #alone(): void {
    const { open, message, close } = this.#callbacks;
    try {
      this.#own = this.#openTransport(this.#url, { open, message, close });
    } catch {
      close(0, '');
      return;
    }
    this.#setPrimary(true);
  }

  readonly #visibilityChanged = (): void => this.#member?.visibilityChanged();

  readonly #setPrimary = (isPrimary: boolean): void => {
    if (isPrimary === this.#isPrimary || this.#isClosed) return;
    this.#isPrimary = isPrimary;
    document.dispatchEvent(new CustomEvent('ws-primary-change', { detail: { isPrimary } }));
  };
}
