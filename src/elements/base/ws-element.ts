import { html, LitElement } from 'lit';
import { property } from 'lit/decorators.js';

/** Long enough for a screen reader to come to it, ms. */
const SPOKEN = 5000;

/** What every element has in common: where its connection comes from, its events, its voice. */
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

  /**
   * Has screen readers say a text, at once where it is urgent. Needs {@link announcer} in the rendering. The same
   * text is said twice if it comes twice.
   */
  protected announce(text: string, urgent = false): void {
    const line = document.createElement('p');
    line.textContent = text;
    this.renderRoot.querySelector(`[aria-live=${urgent ? 'assertive' : 'polite'}]`)?.append(line);
    setTimeout(() => line.remove(), SPOKEN);
  }
}

/** Live regions. They are there before the first text is, else it would not be read. */
export const announcer = html`<div class="unseen" aria-live="polite"></div>
  <div class="unseen" aria-live="assertive"></div>`;
