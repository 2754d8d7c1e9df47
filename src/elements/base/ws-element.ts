import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { announce, prepareAnnouncer } from './announcer.ts';
import { languageOf } from './language.ts';
import type { Texts } from './texts.ts';
import { speakers, translate } from './translate.ts';

/** What every element has in common: where its connection comes from, its language, its events, its voice. */
export class WsElement extends LitElement {
  /** The server, `ws://` or `wss://`; by default that of `<ws-connection>`, the script tag, or the page itself. */
  @property() url?: string;

  /** A JWT that says who the user is. Prefer `token-url`, which can renew it. */
  @property() token?: string;

  /** Where the page's server answers `{"token": "…"}`. */
  @property({ attribute: 'token-url' }) tokenUrl?: string;

  override connectedCallback(): void {
    super.connectedCallback();
    prepareAnnouncer();
    speakers.add(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    speakers.delete(this);
  }

  /** A text in the page's language at this place. See {@link translate}. */
  protected text(key: keyof Texts, values?: Record<string, string | number>): string {
    return translate(key, values, languageOf(this));
  }

  /** Fires a bubbling, composed `ws-` event; false if it was cancelled. */
  protected emit(type: string, detail?: unknown, cancelable = false): boolean {
    return this.dispatchEvent(new CustomEvent(type, { detail, cancelable, bubbles: true, composed: true }));
  }

  /**
   * Has screen readers say a text. See {@link announce}.
   *
   * @param kind - The text that tells how many there are, where there are many of the same kind.
   */
  protected announce(text: string, urgent?: boolean, kind?: keyof Texts): void {
    announce(text, urgent, kind, kind && ((n) => this.text(kind, { n })));
  }

  /** What `render` has put in; nothing before the first time. */
  protected find<Found = HTMLElement>(selector: string): Found {
    return this.shadowRoot?.querySelector(selector) as Found;
  }
}
