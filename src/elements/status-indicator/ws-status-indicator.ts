import { html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { ConnectionController } from '../../connection/connection-controller.ts';
import type { Connection, ConnectionState, ConnectionStatus } from '../../connection/types.ts';
import { base } from '../base/base.styles.ts';
import { everySecond } from '../base/every-second.ts';
import { strings } from '../base/strings.ts';
import { announcer, WsElement } from '../base/ws-element.ts';
import { isOnTheWay, secondsLeft, statusText } from './status-text.ts';
import { styles } from './ws-status-indicator.styles.ts';

/** From the top, clockwise. */
const RING = 'M8 1a7 7 0 1 1-.01 0';
const signs: Partial<Record<ConnectionState, string>> = {
  reconnecting: `${RING}M7 8h2M8 7v2`,
  refused: 'm2 2 12 12M14 2 2 14',
};

/** A state that is over sooner is not said, ms. */
const SETTLED = 1000;

/**
 * Shows whether the page is connected: a sign of its own shape for each state, and words. Screen readers hear of a
 * change once it lasts.
 *
 * @slot - Replaces the label.
 * @event ws-status-change - The state changed. `detail.state`, `detail.previous`.
 * @csspart indicator - The sign. It has the state as another part, e.g. `connected`.
 * @csspart label - The words.
 * @csspart connect - The button that connects, or tries at once.
 * @csspart disconnect - The button that disconnects.
 * @cssproperty [--ws-indicator-size=0.75em] - Diameter of the sign.
 * @cssproperty [--ws-positive] - Colour of the sign while connected.
 * @cssproperty [--ws-warning] - Colour of the sign while connecting and reconnecting.
 * @cssproperty [--ws-negative] - Colour of the sign where the connection was refused.
 */
export class WsStatusIndicator extends WsElement {
  static override styles = [base, styles];

  /** Shows Connect and Disconnect buttons. They are for the whole page's connection. */
  @property({ type: Boolean, reflect: true }) controls = false;

  readonly #controller = new ConnectionController(this, (connection) => this.#follow(connection));
  #stopFollowing?: () => void;
  #stopSeconds?: () => void;
  #settling?: ReturnType<typeof setTimeout>;
  #said?: string;
  /** Of the whole wait, ms: what the ring shows a part of. */
  #wait = 0;

  override render() {
    const { connection, status } = this.#controller;
    const { state, retryAt = 0, offline } = status;
    const { inSeconds, connect, retry, disconnect } = strings.connection;
    const seconds = secondsLeft(status, Date.now());
    const isCounting = seconds !== undefined;
    const isTurning = isOnTheWay(state) && !isCounting && !offline;
    const text = statusText(status) + (isCounting ? inSeconds(seconds) : '');
    const rest = isCounting ? Math.max(0, (100 * (retryAt - Date.now())) / this.#wait) : isTurning ? 70 : 100;
    return html`<svg
        part="indicator ${state}"
        class="${state} ${isTurning ? 'turning' : ''}"
        viewBox="0 0 16 16"
        role="img"
        aria-label=${text}
      >
        <path d=${signs[state] ?? RING} pathLength="100" stroke-dasharray="${rest} 100" />
      </svg>
      <span part="label"><slot><span aria-hidden="true">${text}</span></slot></span>
      ${
        this.controls
          ? html`<button
                part="connect"
                ?disabled=${state === 'connected' || state === 'connecting'}
                @click=${() => connection?.connect()}
              >
                ${state === 'reconnecting' ? retry : connect}
              </button>
              <button
                part="disconnect"
                ?disabled=${state === 'disconnected' || state === 'refused'}
                @click=${() => connection?.disconnect()}
              >
                ${disconnect}
              </button>`
          : nothing
      }
      ${announcer}`;
  }

  override updated(): void {
    const { status } = this.#controller;
    if (secondsLeft(status, 0) === undefined || !this.isConnected) {
      this.#stopSeconds?.();
      this.#stopSeconds = undefined;
    } else this.#stopSeconds ??= everySecond(() => this.requestUpdate());
    // The button that was pressed is disabled now: the other one takes its focus.
    if (this.renderRoot.querySelector(':disabled:focus')) {
      this.renderRoot.querySelector<HTMLElement>('button:enabled')?.focus();
    }
  }

  #follow(connection: Connection | undefined): void {
    this.#stopFollowing?.();
    clearTimeout(this.#settling);
    this.#wait = (connection?.status.retryAt ?? 0) - Date.now();
    this.#stopFollowing = connection?.onStatusChange((status, { state: previous }) => {
      this.#wait = (status.retryAt ?? 0) - Date.now();
      clearTimeout(this.#settling);
      this.#settling = setTimeout(() => this.#say(status), SETTLED);
      if (status.state !== previous) this.emit('ws-status-change', { state: status.state, previous });
    });
  }

  /** A page that connects as it should has nothing to say. */
  #say(status: ConnectionStatus): void {
    const text = statusText(status);
    if (text !== this.#said && (this.#said || status.state !== 'connected')) this.announce(text);
    this.#said = text;
  }
}
