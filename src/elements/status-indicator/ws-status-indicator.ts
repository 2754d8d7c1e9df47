import { html } from 'lit';
import { property } from 'lit/decorators.js';
import { ConnectionController } from '../../connection/connection-controller.ts';
import type { Connection, ConnectionState, ConnectionStatus } from '../../connection/types.ts';
import { base } from '../base/base.styles.ts';
import { WsElement } from '../base/ws-element.ts';
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

/** Seconds between two measurements of latency. */
const EVERY = 10;

/**
 * Shows whether the page is connected: a sign of its own shape for each state, and words. Screen readers hear of a
 * change once it lasts. As a banner it shows only that something is wrong, once that lasts, and what still works.
 *
 * @slot - Replaces the label.
 * @event ws-status-change - The state changed. `detail.state`, `detail.previous`.
 * @csspart indicator - The sign. It has the state as another part, e.g. `connected`.
 * @csspart label - The words.
 * @csspart latency - The milliseconds of a round trip.
 * @csspart banner - All of it, where it is a banner.
 * @csspart hint - In a banner: what still works.
 * @csspart connect - The button that connects, or tries at once.
 * @csspart disconnect - The button that disconnects.
 * @cssproperty [--ws-indicator-size=0.75em] - Diameter of the sign.
 * @cssproperty [--ws-positive] - Colour of the sign while connected.
 * @cssproperty [--ws-warning] - Colour of the sign while connecting and reconnecting.
 * @cssproperty [--ws-negative] - Colour of the sign where the connection was refused.
 */
export class WsStatusIndicator extends WsElement {
  static override styles = [base, styles];

  /** What is shown: `dot`, `text` or `both`. Default: both. */
  @property() show: 'both' | 'dot' | 'text' = 'both';

  /** Shows Connect and Disconnect buttons. They are for the whole page's connection. */
  @property({ type: Boolean, reflect: true }) controls = false;

  /** Shows how long a round trip to the server takes, ms. */
  @property({ type: Boolean, reflect: true }) latency = false;

  /** Shows nothing while all is well. */
  @property({ type: Boolean, reflect: true }) banner = false;

  readonly #controller = new ConnectionController(this, (connection) => this.#follow(connection));
  #stopFollowing?: () => void;
  #ticker?: ReturnType<typeof setInterval>;
  #settling?: ReturnType<typeof setTimeout>;
  /** A state that lasts. */
  #settled: ConnectionState = 'connected';
  #said?: string;
  /** Of the whole wait, ms: what the ring shows a part of. */
  #wait = 0;
  #seconds = 0;

  override render() {
    const { connection, status } = this.#controller;
    const { state, retryAt = 0, offline } = status;
    const isGood = state === 'connected';
    if (this.banner && (isGood || this.#settled === 'connected')) return '';
    const seconds = secondsLeft(status, Date.now());
    const isCounting = seconds !== undefined;
    const isTurning = isOnTheWay(state) && !isCounting && !offline;
    const text = isCounting ? this.text('reconnectingIn', { n: seconds }) : this.text(statusText(status));
    const rest = isCounting ? Math.max(0, (100 * (retryAt - Date.now())) / this.#wait) : isTurning ? 70 : 100;
    const isRefused = state === 'refused';
    const isText = this.show === 'text';
    const content = html`${
      isText
        ? ''
        : html`<svg
              part="indicator ${state}"
              class="${state} ${isTurning ? 'turning' : ''}"
              viewBox="0 0 16 16"
              role="img"
              aria-label=${text}
            >
              <path d=${signs[state] ?? RING} pathLength="100" stroke-dasharray="${rest} 100" />
            </svg>`
    }
      <span part="label" ?hidden=${this.show === 'dot'}
        ><slot><span aria-hidden=${!isText}>${text}</span></slot></span
      >
      ${
        this.latency && isGood && connection?.latency !== undefined
          ? html`<span part="latency">${this.text('latency', { n: connection.latency })}</span>`
          : ''
      }
      ${this.banner && !isRefused ? html`<span part="hint">${this.text('stale')}</span>` : ''}
      ${
        this.controls || this.banner
          ? html`<button
              part="connect"
              ?disabled=${isGood || state === 'connecting'}
              @click=${() => connection?.connect()}
            >${this.text(state === 'reconnecting' ? 'connectNow' : 'connect')}</button>`
          : ''
      }
      ${
        this.controls
          ? html`<button
              part="disconnect"
              ?disabled=${state === 'disconnected' || isRefused}
              @click=${() => connection?.disconnect()}
            >${this.text('disconnect')}</button>`
          : ''
      }`;
    return this.banner ? html`<div part="banner">${content}</div>` : content;
  }

  override updated(): void {
    const { status } = this.#controller;
    const isLive = this.latency || secondsLeft(status, 0) !== undefined;
    clearInterval(this.#ticker);
    if (isLive && this.isConnected) this.#ticker = setInterval(() => this.#tick(), 1000);
    // The button that was pressed is disabled now: the other one takes its focus.
    if (this.find<HTMLElement | null>(':disabled:focus'))
      this.find<HTMLElement | null>('button:enabled')?.focus();
  }

  #tick(): void {
    if (document.hidden) return;
    if (this.latency && !(this.#seconds++ % EVERY)) this.#controller.connection?.ping();
    this.requestUpdate();
  }

  #follow(connection: Connection | undefined): void {
    this.#stopFollowing?.();
    clearTimeout(this.#settling);
    if (connection) this.#meet(connection.status);
    this.#stopFollowing = connection?.onStatusChange((status, { state: previous }) => {
      this.#meet(status);
      if (status.state !== previous) this.emit('ws-status-change', { state: status.state, previous });
    });
  }

  #meet(status: ConnectionStatus): void {
    this.#wait = (status.retryAt ?? 0) - Date.now();
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#settle(status), SETTLED);
  }

  /** A page that connects as it should has nothing to say. */
  #settle(status: ConnectionStatus): void {
    const text = this.text(statusText(status));
    if (text !== this.#said && (this.#said || status.state !== 'connected')) this.announce(text);
    this.#said = text;
    this.#settled = status.state;
    this.requestUpdate();
  }
}
