import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { BROADCAST_CHANNEL, USER_CHANNEL_PREFIX } from '../../../protocol/src/names.ts';
import { ConnectionController } from '../../connection/connection-controller.ts';
import type { Connection, Publication, Subscription } from '../../connection/types.ts';
import { base } from '../base/base.styles.ts';
import { everySecond } from '../base/every-second.ts';
import { formatTime } from '../base/format-time.ts';
import { cross, icon } from '../base/icons.ts';
import { languageOf } from '../base/language.ts';
import { rowRenderer } from '../base/row-renderer.ts';
import { WsElement } from '../base/ws-element.ts';
import { parseDuration } from './duration.ts';
import { type NotificationItem, readNotification } from './notification-item.ts';
import { MAX_SHOWN, Toasts } from './toasts.ts';
import { styles } from './ws-notifications.styles.ts';

/** ms */
const DURATION = 6000;
const MAX_ITEMS = 100;

const bell = icon('M18 9a6 6 0 0 0-12 0c0 7-2.5 8-2.5 8h17S18 16 18 9M10 20.5a2.3 2.3 0 0 0 4 0');
const dot = icon('M12 12v.01');
const icons = {
  low: icon('M12 5v14m-6-6 6 6 6-6'),
  normal: icon('M12 11v5m0-8v.01M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18'),
  high: icon('M12 10v4m0 3v.01M12 4 3 20h18z'),
};

/**
 * A bell with the number of unread notifications, an inbox behind it, and toasts for what just came. Takes what is
 * published as `notification` to everyone, to this user and to this client.
 *
 * @slot icon - Replaces the bell.
 * @slot empty - Replaces the sentence of an empty inbox.
 * @event ws-notification - One arrived; cancel it to keep its toast away. `detail` is the notification.
 * @event ws-notification-click - The user opened one; cancel it to keep its link from being followed. `detail` is the notification.
 * @event ws-notification-read - The user marked one as read, or opened it. `detail` is the notification.
 * @csspart bell - The button.
 * @csspart badge - The number of unread ones.
 * @csspart inbox - What opens.
 * @csspart header - Its head, with the label.
 * @csspart read-all - The button that marks all as read.
 * @csspart list - The list in it.
 * @csspart empty - The sentence in an empty one.
 * @csspart toasts - The stack of toasts.
 * @csspart item - A notification in either.
 * @csspart unread - One that is unread.
 * @csspart title - Its title: a link where it has one, else a button.
 * @csspart message - Its text.
 * @csspart meta - The line with its priority and time.
 * @csspart priority - The word for its priority.
 * @csspart read - The button that marks it as read.
 * @csspart dismiss - The button that takes a toast away.
 * @csspart more - The button for the toasts that found no room.
 * @cssproperty [--ws-accent] - Badge, dots and stripes.
 * @cssproperty [--ws-negative] - Stripe, icon and word of high priority.
 */
export class WsNotifications extends WsElement {
  static override styles = [base, styles];

  /** Name of the bell and heading of the inbox. Default: "Notifications". */
  @property() label?: string;

  /** How long a toast of normal priority stays: `"6s"` or ms. 0: until it is dismissed. Default: 6 s. */
  @property({ converter: (text) => parseDuration(text, DURATION) }) duration = DURATION;

  /** No toasts: the inbox only. */
  @property({ type: Boolean, attribute: 'no-toasts' }) noToasts = false;

  readonly #toasts = new Toasts(
    () => this.#pointed || document.hidden || !this.isConnected || !!this.find('#toasts :focus'),
    () => this.requestUpdate(),
  );
  readonly #renderItems = rowRenderer<NotificationItem>((item) => this.#row(item));
  readonly #renderToasts = rowRenderer<NotificationItem>((item) => this.#row(item, true));

  #items: readonly NotificationItem[] = [];
  /** Whose they are; undefined for a guest's. */
  #userId?: string;
  #isOpen = false;
  /** A pointer is on the toasts. */
  #pointed = false;
  #stopFollowing?: () => void;
  #stopSeconds?: () => void;

  constructor() {
    super();
    new ConnectionController(this, (connection) => this.#follow(connection));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#pass);
    this.#pass();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#pass);
    this.#pass();
    this.#toggled(false);
  }

  /** What came, the newest first, at most 100. */
  get notifications(): readonly NotificationItem[] {
    return this.#items;
  }

  /** Marks one as read, or all. */
  markRead(notification?: NotificationItem): void {
    for (const item of this.#items) {
      if (item.read || (notification && item !== notification)) continue;
      item.read = true;
      this.emit('ws-notification-read', item);
    }
    this.requestUpdate();
  }

  override render() {
    const label = this.label || this.text('notifications');
    const count = this.#items.filter(({ read }) => !read).length;
    const badge = count > 99 ? '99+' : `${count}`;
    const waiting = this.#toasts.count - MAX_SHOWN;
    return html`<button
        id="bell"
        class="bare"
        part="bell"
        popovertarget="inbox"
        aria-haspopup="dialog"
        aria-expanded=${this.#isOpen}
        aria-label=${count ? `${label}: ${this.text('unread', { n: count > 99 ? '99+' : count })}` : label}
      >
        <slot name="icon">${bell}</slot>
        ${count ? html`<span part="badge">${badge}</span>` : nothing}
      </button>
      <div
        id="inbox"
        part="inbox"
        popover
        role="dialog"
        aria-label=${label}
        tabindex="-1"
        @beforetoggle=${(event: ToggleEvent) => this.#toggled(event.newState === 'open')}
        @toggle=${() => this.#isOpen && this.#get('#inbox').focus()}
      >
        <header part="header">
          <b>${label}</b>
          ${count ? html`<button part="read-all" @click=${this.#readAll}>${this.text('markAllRead')}</button>` : nothing}
        </header>
        <ol part="list" role="list"></ol>
        ${this.#items.length ? nothing : html`<slot name="empty"><p part="empty">${this.text('noNotifications')}</p></slot>`}
      </div>
      <div
        id="toasts"
        part="toasts"
        popover="manual"
        role="group"
        aria-label=${label}
        @pointerenter=${() => this.#point(true)}
        @pointerleave=${() => this.#point(false)}
        @focusin=${this.#pass}
        @focusout=${this.#pass}
      >
        <ol role="list"></ol>
        ${waiting > 0 ? html`<button part="more" @click=${this.#showAll}>${this.text('more', { n: waiting })}</button>` : nothing}
      </div>`;
  }

  override updated(): void {
    const { shown } = this.#toasts;
    this.#renderItems(this.#get('#inbox ol'), this.#items);
    this.#renderToasts(this.#get('#toasts ol'), shown);
    if (!shown.length) this.#pointed = false;
    if (!this.isConnected) return;
    this.#place();
    this.#get('#toasts').togglePopover(shown.length > 0);
  }

  #row(item: NotificationItem, isToast = false): TemplateResult {
    const { title, message, priority, timestamp, link, read } = item;
    const language = languageOf(this);
    const time = Date.parse(timestamp);
    const parts = `item ${priority}${read ? '' : ' unread'}`;
    const open = (event: Event) => {
      if (!this.emit('ws-notification-click', item, true)) event.preventDefault();
      this.markRead(item);
      this.#dismiss(item);
    };
    return html`<div class=${parts} part=${parts}>
      ${icons[priority]}
      <div>
        ${
          link
            ? html`<a class="title" part="title" href=${link} @click=${open}>${title}</a>`
            : html`<button class="title bare" part="title" @click=${open}>${title}</button>`
        }
        ${message && html`<p part="message">${message}</p>`}
        <p part="meta">
          ${priority === 'normal' ? nothing : html`<span part="priority">${this.text(`${priority}Priority`)}</span>`}
          <time datetime=${timestamp}>
            ${formatTime(time, Date.now(), language)}
          </time>
        </p>
      </div>
      ${
        isToast
          ? this.#action('dismiss', item, cross, () => this.#dismiss(item))
          : read
            ? nothing
            : this.#action('read', item, dot, ({ currentTarget }) => {
                this.markRead(item);
                // Its button goes.
                (currentTarget as Element).closest('.item')?.querySelector<HTMLElement>('.title')?.focus();
              })
      }
    </div>`;
  }

  #action(
    name: 'read' | 'dismiss',
    { title }: NotificationItem,
    content: TemplateResult,
    act: (event: Event) => void,
  ): TemplateResult {
    const label = this.text(name === 'read' ? 'markRead' : name);
    return html`<button class="bare" part=${name} title=${label} aria-label="${label}: ${title}" @click=${act}>
      ${content}
    </button>`;
  }

  #follow(connection: Connection | undefined): void {
    this.#stopFollowing?.();
    if (!connection) return;
    const broadcast = connection.subscribe(BROADCAST_CHANNEL);
    let own: Subscription | undefined;
    const meet = () => {
      const { state, userId } = connection;
      if (state !== 'connected') return;
      // What a guest was told anyone may see who signs in; what a user was told is nobody else's business.
      if (this.#userId && userId !== this.#userId) {
        this.#items = [];
        this.#toasts.remove();
      }
      this.#userId = userId;
      const channel = userId && USER_CHANNEL_PREFIX + userId;
      if (channel === own?.channel) return;
      own?.unsubscribe();
      own = channel ? connection.subscribe(channel) : undefined;
    };
    const stops = [
      connection.onStatusChange(meet),
      connection.on('notification', (publication) => {
        const { channel } = publication;
        const from = [broadcast, own].find((subscription) => subscription?.channel === channel);
        // Without a channel: sent to this client, or by a plain server.
        if (from || !channel) this.#receive(publication, from?.position?.epoch);
      }),
      () => broadcast.unsubscribe(),
      () => own?.unsubscribe(),
    ];
    this.#stopFollowing = () => {
      for (const stop of stops) stop();
    };
    meet();
  }

  #receive(publication: Publication, epoch?: string): void {
    const item = readNotification(publication, document.baseURI, Date.now(), epoch);
    if (!item || this.#items.some(({ id }) => id && id === item.id)) return;
    this.#items = [item, ...this.#items]
      .sort((a, b) => Date.parse(b.timestamp) - Date.parse(a.timestamp))
      .slice(0, MAX_ITEMS);
    this.requestUpdate();
    if (!this.emit('ws-notification', item, true) || item.priority === 'low') return;
    const isUrgent = item.priority === 'high';
    // An open inbox shows it already.
    if (!this.noToasts && !this.#isOpen) {
      this.#toasts.add(item, isUrgent || !this.duration ? Infinity : this.duration);
    }
    this.announce(`${item.title}\n${item.message}`.trim(), isUrgent, 'newNotifications');
  }

  #toggled(isOpen: boolean): void {
    this.#isOpen = isOpen;
    this.requestUpdate();
    this.#stopSeconds?.();
    removeEventListener('resize', this.#place);
    removeEventListener('scroll', this.#place, true);
    if (!isOpen) {
      if (this.find('#inbox:focus-within')) this.#get('#bell').focus();
      return;
    }
    this.#toasts.remove();
    this.#place();
    addEventListener('resize', this.#place);
    addEventListener('scroll', this.#place, true);
    this.#stopSeconds = everySecond(() => this.requestUpdate());
  }

  /** Puts the inbox to the bell's inline end, below it or above, where there is more room; toasts never cover the bell. */
  readonly #place = (): void => {
    const { top, right, bottom, left } = this.#get('#bell').getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const isRtl = getComputedStyle(this).direction === 'rtl';
    const below = clientHeight - bottom;
    const isBelow = below >= top;
    const inbox = this.#get('#inbox').style;
    inbox.setProperty('--_block', isBelow ? `${bottom}px auto` : `auto ${clientHeight - top}px`);
    inbox.setProperty('--_inline', `${isRtl ? left : clientWidth - right}px`);
    inbox.setProperty('--_room', `${Math.max(below, top)}px`);
    this.#get('#toasts').style.setProperty('--_block', `${bottom < clientHeight / 3 ? bottom : 0}px`);
  };

  #showAll(): void {
    const bell = this.#get('#bell');
    bell.focus();
    bell.click();
  }

  #readAll(): void {
    this.markRead();
    // Its button goes.
    this.#get('#inbox').focus();
  }

  #dismiss(item: NotificationItem): void {
    const row = this.find('#toasts :focus-visible')?.closest('li');
    if (row) {
      const next = (row.nextElementSibling ?? row.previousElementSibling)?.querySelector<HTMLElement>(
        '[part=dismiss]',
      );
      (next ?? this.#get('#bell')).focus();
    }
    this.#toasts.remove(item);
  }

  #point(isThere: boolean): void {
    this.#toasts.pass();
    this.#pointed = isThere;
    this.#toasts.pass();
  }

  readonly #pass = (): void => this.#toasts.pass();

  #get(selector: string): HTMLElement {
    return this.find(selector) as HTMLElement;
  }
}
