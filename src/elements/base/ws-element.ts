import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';

/** What every element has in common: where its connection comes from. */
export class WsElement extends LitElement {
  /** The server, `ws://` or `wss://`; by default that of `<ws-connection>`, the script tag, or the page itself. */
  @property() url?: string;

  /** A JWT that says who the user is. Prefer `token-url`, which can renew it. */
  @property() token?: string;

  /** Where the page's server answers `{"token": "…"}`. */
  @property({ attribute: 'token-url' }) tokenUrl?: string;

  /** Fires a bubbling, composed `ws-` event; false if it was cancelled. */
  protected emit(type: string, detail?: unknown, cancelable = false): boolean {
    return this.dispatchEvent(new CustomEvent(type, { detail, cancelable, bubbles: true, composed: true }));
  }
}
