import { html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { BROADCAST_CHANNEL, NOTIFICATION_MARK, USER_CHANNEL_PREFIX } from '../../../protocol/src/names.ts';
import { ConnectionController } from '../../connection/connection-controller.ts';
import type { Connection, Publication, Subscription } from '../../connection/types.ts';
import type * as OutsidePage from '../../extras/outside-page.ts';
import { base } from '../base/base.styles.ts';
import { formatDay } from '../base/format-day.ts';
import { cross, icon } from '../base/icons.ts';
import { languageOf } from '../base/language.ts';
import { rove } from '../base/rove.ts';
import { rowRenderer } from '../base/row-renderer.ts';
import { WsElement } from '../base/ws-element.ts';
import { parseDuration } from './duration.ts';
import { focusedField, overlap } from './focused-field.ts';
import {
  type NotificationAction,
  type NotificationItem,
  readNotification,
  readRow,
} from './notification-item.ts';
import { swipe } from './swipe.ts';
import { createToasts, MAX_SHOWN } from './toasts.ts';
import { styles } from './ws-notifications.styles.ts';

type Perhaps = HTMLElement | null | undefined;

/** ms */
const DURATION = 6000;
const MAX_ITEMS = 100;
/** px that an inbox needs on the side that `placement` names. */
const ENOUGH = 240;

const bell = icon('M18 9a6 6 0 0 0-12 0c0 7-2.5 8-2.5 8h17S18 16 18 9M10 20.5a2.3 2.3 0 0 0 4 0');
const dot = icon('M12 12v.01');
const icons = {
  low: icon('M12 5v14m-6-6 6 6 6-6'),
  normal: icon('M12 11v5m0-8v.01M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18'),
  high: icon('M12 10v4m0 3v.01M12 4 3 20h18z'),
};

/**
 * A bell with the number of unread notifications, an inbox behind it, and toasts for what just came. Takes what is
 * published as `notification` to everyone, to this user and to this client, and what the server rendered into it:
 * `<li data-id="…">` with a link or `<b>` as title, `<p>`, `<time datetime>`, `data-priority`, `data-read`.
 *
 * @slot icon - Replaces the bell.
 * @slot empty - Replaces the sentence of an empty inbox.
 * @event ws-notification - One arrived; cancel it to keep its toast away. `detail` is the notification.
 * @event ws-notification-click - The user opened one; cancel it to keep its link from being followed. `detail` is the notification.
 * @event ws-notification-action - The user chose one of its actions; cancel it to keep its link from being followed, and the notification unread. `detail` is `{ notification, action }`.
 * @event ws-notification-read - The user marked one as read or as unread, or opened it. `detail` is the notification.
 * @event ws-notification-dismiss - The user takes one out of the inbox; cancel it to keep it there. `detail` is the notification.
 * @csspart bell - The button.
 * @csspart badge - The number of unread ones.
 * @csspart inbox - What opens.
 * @csspart header - Its head, with the label.
 * @csspart filter - The button that shows the unread ones only.
 * @csspart read-all - The button that marks all as read.
 * @csspart device - The button that asks for the browser's permission.
 * @csspart new - The button for what came while the inbox was read.
 * @csspart list - The list in it.
 * @csspart day - The day above its notifications.
 * @csspart empty - The sentence in an empty one.
 * @csspart toasts - The stack of toasts.
 * @csspart item - A notification in either.
 * @csspart unread - One that is unread.
 * @csspart title - Its title: a link where it has one, else a button.
 * @csspart message - Its text.
 * @csspart meta - The line with its priority and time.
 * @csspart priority - The word for its priority.
 * @csspart action - A link or button that it offers.
 * @csspart read - The button that marks it as read or as unread.
 * @csspart dismiss - The button that takes a toast away, or a notification out of the inbox.
 * @csspart more - The button for the toasts that found no room.
 * @cssproperty [--ws-accent] - Badge, dots and stripes.
 * @cssproperty [--ws-negative] - Stripe, icon and word of high priority.
 */
export class WsNotifications extends WsElement {
  static override styles = [base, styles];

  /** Name of the bell and heading of the inbox. Default: "Notifications". */
  @property() label?: string;

  /** Where the user's own channel stands in the page that the server rendered, `epoch:offset`. */
  @property() since?: string;

  /** How long a toast of normal priority stays: `"6s"` or ms. 0: until it is dismissed. Default: 6 s. */
  @property({ converter: (text) => parseDuration(text, DURATION) }) duration = DURATION;

  /** No toasts: the inbox only. */
  @property({ type: Boolean, attribute: 'no-toasts' }) noToasts = false;

  /** No bell: the inbox stands in the page, and no toasts beside it. */
  @property({ type: Boolean, reflect: true }) inline = false;

  /**
   * Where the inbox opens beside the bell: `bottom-end`, `bottom-start`, `top-end` or `top-start`. It goes to the other
   * side where it has no room. Default: where more room is, at the end.
   */
  @property() placement? = '';

  /** What comes while the page is hidden is shown by the browser too, once the user allowed it by a button in the inbox. */
  @property({ type: Boolean }) desktop = false;

  /** The number of unread ones stands before the title of the page. */
  @property({ type: Boolean, attribute: 'title-badge' }) titleBadge = false;

  readonly #controller = new ConnectionController(this, (connection) => this.#follow(connection));
  readonly #toasts = createToasts(
    () => this.#pointed || document.hidden || !this.isConnected || !!this.find<Perhaps>('#toasts :focus'),
    () => this.requestUpdate(),
  );
  readonly #renderItems = rowRenderer<NotificationItem>((item) => this.#row(item));
  readonly #renderToasts = rowRenderer<NotificationItem>((item) => this.#row(item, true));

  /** Comes when it is asked for. */
  #asked?: Promise<void>;
  #outside?: typeof OutsidePage;
  #badge?: OutsidePage.TitleBadge;
  /** Ids of those that were dismissed. */
  readonly #gone = new Set<string>();

  #items: readonly NotificationItem[] = [];
  /** What the inbox shows of them: what comes under the reader's eyes waits. */
  #listed: readonly NotificationItem[] = [];
  #onlyUnread = false;
  /** Whose they are; undefined for a guest's. */
  #userId?: string;
  #isOpen = false;
  /** A pointer is on the toasts. */
  #pointed = false;
  /** To the user's own channel. */
  #own?: Subscription;
  /** What ends following it. */
  #stops: (() => void)[] = [];
  #removed?: AbortController;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#removed = new AbortController();
    const options = { signal: this.#removed.signal, capture: true };
    const follow = () => {
      if (this.#isOpen) this.#place();
      if (this.#toasts.count) this.#avoid();
    };
    addEventListener('visibilitychange', () => this.#pass(), options);
    addEventListener('focusin', () => this.#avoid(), options);
    addEventListener('resize', follow, options);
    addEventListener('scroll', follow, options);
    this.#pass();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#removed?.abort();
    this.#pass();
    this.#toggled(false);
  }

  /** What came, the newest first, at most 100. */
  get notifications(): readonly NotificationItem[] {
    return this.#items;
  }

  /** Marks one as read, or all. */
  markRead(notification?: NotificationItem): void {
    this.#mark(notification ? [notification] : this.#items, true);
  }

  /** Takes one out of the inbox. */
  dismiss(notification: NotificationItem): void {
    if (!this.emit('ws-notification-dismiss', notification, true)) return;
    this.#moveFocus('#inbox', '#inbox');
    this.#keep((item) => item !== notification);
    this.#tell([notification], { dismissed: true });
  }

  override render() {
    const label = this.label || this.text('notifications');
    const count = this.#unread;
    const waiting = this.#toasts.count - MAX_SHOWN;
    const held = this.#items.filter((item) => !item.read && !this.#listed.includes(item)).length;
    return html`${
      this.inline
        ? ''
        : html`<button
              id="bell"
              class="bare"
              part="bell"
              popovertarget="inbox"
              aria-haspopup="dialog"
              aria-expanded=${this.#isOpen}
              aria-label=${count ? `${label}: ${this.text('unread', { n: count })}` : label}
            >
              <slot name="icon">${bell}</slot>
              ${count ? html`<span part="badge">${count}</span>` : ''}
            </button>`
    }
      <div
        id="inbox"
        part="inbox"
        ?popover=${!this.inline}
        role=${this.inline ? 'region' : 'dialog'}
        aria-label=${label}
        tabindex="-1"
        @beforetoggle=${(event: ToggleEvent) => this.#toggled(event.newState === 'open')}
        @toggle=${() => this.#isOpen && this.find('#inbox').focus()}
        @pointerleave=${() => this.#list()}
        @keydown=${this.#rove}
      >
        <div part="header">
          <b>${label}</b>
          ${
            this.#items.length
              ? html`<button part="filter" aria-pressed=${this.#onlyUnread} @click=${this.#filter}>${this.text('onlyUnread')}</button>`
              : ''
          }
          ${count ? html`<button part="read-all" @click=${this.#readAll}>${this.text('markAllRead')}</button>` : ''}
          ${
            this.desktop && this.#outside?.permission() === 'default'
              ? html`<button part="device" @click=${this.#askPermission}>${this.text('showOnDevice')}</button>`
              : ''
          }
          ${
            held
              ? html`<button part="new" class="go" @click=${this.#showNew}>${this.text('newNotifications', { n: held })}</button>`
              : ''
          }
        </div>
        <ol part="list" role="list"></ol>
        ${this.#listed.length ? '' : html`<slot name="empty"><p part="empty">${this.text('noNotifications')}</p></slot>`}
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
        ${waiting > 0 ? html`<button part="more" @click=${this.#showAll}>${this.text('more', { n: waiting })}</button>` : ''}
      </div>
      <slot hidden @slotchange=${this.#adopt}></slot>`;
  }

  override willUpdate(): void {
    if (this.desktop || this.titleBadge) this.#asked ??= this.#goOutside();
  }

  override updated(): void {
    const { shown } = this.#toasts;
    const isThere = this.isConnected;
    this.#renderItems(this.find('#inbox ol'), this.#listed);
    this.#renderToasts(this.find('#toasts ol'), shown);
    this.#badge?.show(isThere && this.titleBadge ? `${this.#unread || ''}` : '', this.#controller.connection);
    if (!shown.length) this.#pointed = false;
    if (!isThere) return;
    this.#place();
    this.find('#toasts').togglePopover(shown.length > 0);
    this.#avoid();
  }

  /** How many are: from 100 on "99+", none: 0. */
  get #unread(): number | string {
    const count = this.#items.filter(({ read }) => !read).length;
    return count > 99 ? '99+' : count;
  }

  #row(item: NotificationItem, isToast = false): TemplateResult {
    const { title, message, priority, timestamp, link, read, actions } = item;
    const language = languageOf(this);
    const parts = `item ${priority}${read ? '' : ' unread'}`;
    const day = formatDay(timestamp, language);
    const before = this.#listed[this.#listed.indexOf(item) - 1];
    const isNewDay = !isToast && (!before || formatDay(before.timestamp, language) !== day);
    return html`${isNewDay ? html`<p part="day">${day}</p>` : ''}
      <div class=${parts} part=${parts} @pointerdown=${(event: PointerEvent) => {
        if (isToast) swipe(event, () => this.#close(item));
      }}>
        ${icons[priority]}
        <div>
          ${this.#choice('title', title, link, (event) => this.#open(item, event))}
          ${message && html`<p part="message">${message}</p>`}
          <p part="meta">
            ${priority === 'normal' ? '' : html`<span part="priority">${this.text(`${priority}Priority`)}</span>`}
            <time datetime=${timestamp}>
              ${new Date(timestamp).toLocaleTimeString(language, { timeStyle: 'short' })}
            </time>
          </p>
          ${actions.map((action) =>
            this.#choice('action', action.label, action.link, (event) => this.#act(item, action, event)),
          )}
        </div>
        ${
          isToast
            ? ''
            : this.#button('read', read ? 'markUnread' : 'markRead', item, dot, () =>
                this.#mark([item], !read),
              )
        }
        ${this.#button('dismiss', 'dismiss', item, cross, () => (isToast ? this.#close(item) : this.dismiss(item)))}
      </div>`;
  }

  /** Something to choose by its words. */
  #choice(part: 'title' | 'action', label: string, link: string | undefined, choose: (event: Event) => void) {
    return link
      ? html`<a class=${part} part=${part} href=${link} @click=${choose}>${label}</a>`
      : html`<button class=${part} part=${part} @click=${choose}>${label}</button>`;
  }

  #button(
    part: string,
    text: 'markRead' | 'markUnread' | 'dismiss',
    { title }: NotificationItem,
    content: TemplateResult,
    act: () => void,
  ): TemplateResult {
    const label = this.text(text);
    return html`<button class="bare" part=${part} title=${label} aria-label="${label}: ${title}" @click=${act}>
      ${content}
    </button>`;
  }

  #follow(connection: Connection | undefined): void {
    for (const stop of this.#stops.splice(0)) stop();
    this.#own?.unsubscribe();
    this.#own = undefined;
    if (!connection) return;
    const broadcast = connection.subscribe(BROADCAST_CHANNEL);
    const meet = () => {
      const { state, userId } = connection;
      if (state !== 'connected') return;
      // What a guest was told anyone may see who signs in; what a user was told is nobody else's business.
      if (this.#userId && userId !== this.#userId) {
        this.#items = this.#listed = [];
        this.#toasts.remove();
      }
      this.#userId = userId;
      const channel = userId && USER_CHANNEL_PREFIX + userId;
      if (channel === this.#own?.channel) return;
      this.#own?.unsubscribe();
      const { since } = this;
      this.#own = channel
        ? connection.subscribe(channel, {
            since,
            onSubscribed: ({ position, recovered }) => {
              if (!since || recovered === false) this.#load(connection, channel, position?.epoch);
            },
          })
        : undefined;
    };
    const receive = (publication: Publication) => {
      const { channel } = publication;
      const from = [broadcast, this.#own].find((subscription) => subscription?.channel === channel);
      // Without a channel: sent to this client, or by a plain server.
      if (from || !channel) this.#receive(publication, from?.position?.epoch);
    };
    this.#stops = [
      connection.onStatusChange(meet),
      connection.on('notification', receive),
      connection.on(NOTIFICATION_MARK, (publication) => this.#apply(publication)),
      broadcast.unsubscribe,
    ];
    meet();
  }

  /** What came while the user was away, and what the user did with it elsewhere. */
  async #load(connection: Connection, channel: string, epoch?: string): Promise<void> {
    const isEmpty = this.#listed.length < 1;
    // A plain server keeps nothing, and without a connection it is asked for again.
    const { publications } = await connection.history(channel).catch(() => ({ publications: [] }));
    for (const publication of publications) {
      if (publication.type === 'notification') this.#add(publication, epoch);
      else this.#apply(publication);
    }
    // Whoever opened the inbox before it came has waited for it.
    this.#list(isEmpty);
  }

  /** Does what the user did on this page or another, on this device or another. */
  #apply({ type, channel, ids, read, dismissed }: Publication): void {
    if (type !== NOTIFICATION_MARK || channel !== this.#own?.channel || !Array.isArray(ids)) return;
    for (const item of this.#items) if (ids.includes(item.id)) item.read = read === true;
    if (dismissed) this.#keep(({ id }) => !ids.includes(id));
    this.requestUpdate();
  }

  /** Tells the user's other pages and devices, and the server, which remembers it. */
  #tell(items: NotificationItem[], mark: object): void {
    const ids = items.flatMap(({ id }) => id ?? []);
    const channel = this.#own?.channel;
    if (channel && ids.length) {
      this.#controller.connection?.send(channel, { type: NOTIFICATION_MARK, ids, ...mark }).catch(() => {});
    }
  }

  /** Lets the others go, for good. */
  #keep(stays: (item: NotificationItem) => boolean): void {
    for (const item of this.#items) {
      if (stays(item)) continue;
      this.#gone.add(item.id ?? '');
      this.#toasts.remove(item);
    }
    this.#items = this.#items.filter(stays);
    this.#listed = this.#listed.filter(stays);
    this.requestUpdate();
  }

  #receive(publication: Publication, epoch?: string): void {
    const item = this.#add(publication, epoch);
    if (!item || !this.emit('ws-notification', item, true) || item.priority === 'low') return;
    const isUrgent = item.priority === 'high';
    // An open inbox shows it already.
    if (!this.noToasts && !this.inline && !this.#isOpen) {
      this.#toasts.add(item, isUrgent || !this.duration ? Infinity : this.duration);
    }
    if (this.desktop && document.hidden) {
      this.#outside?.showOnDevice(
        item,
        () => {
          if (this.#open(item) && item.link) location.assign(item.link);
        },
        this.#controller.connection,
      );
    }
    this.announce(`${item.title}\n${item.message}`.trim(), isUrgent, 'newNotifications');
  }

  /** Into the inbox, unless it is or was there. */
  #add(publication: Publication, epoch?: string): NotificationItem | undefined {
    const item = readNotification(publication, document.baseURI, Date.now(), epoch);
    const { id } = item ?? {};
    if (!item || (id && (this.#gone.has(id) || this.#items.some((other) => other.id === id))))
      return undefined;
    this.#items = [item, ...this.#items]
      .sort((a, b) => Date.parse(b.timestamp) - Date.parse(a.timestamp))
      .slice(0, MAX_ITEMS);
    this.#list();
    return item;
  }

  #adopt(): void {
    for (const row of this.querySelectorAll<HTMLElement>('li[data-id]')) this.#add(readRow(row));
  }

  /** Brings the list up to date, unless someone is reading it. */
  #list(isAsked = false): void {
    const inbox = this.find<Perhaps>('#inbox');
    const isRead = this.#listed.length > 0 && (inbox?.scrollTop || inbox?.matches(':hover,:focus-within'));
    if (isAsked || !isRead) this.#listed = this.#items.filter(({ read }) => !read || !this.#onlyUnread);
    this.requestUpdate();
  }

  #filter(): void {
    this.#onlyUnread = !this.#onlyUnread;
    this.#list(true);
  }

  #showNew(): void {
    const inbox = this.find('#inbox');
    this.#list(true);
    inbox.scrollTop = 0;
    // Its button goes.
    inbox.focus();
  }

  async #goOutside(): Promise<void> {
    try {
      this.#outside = await import('../../extras/outside-page.ts');
      this.#badge = new this.#outside.TitleBadge();
      this.requestUpdate();
    } catch (problem) {
      console.warn(`ws-elements: extras/outside-page.js: ${problem}`);
    }
  }

  async #askPermission(): Promise<void> {
    await this.#outside?.ask();
    this.requestUpdate();
    this.find('#inbox').focus();
  }

  #rove(event: KeyboardEvent): void {
    rove(event, [...this.find('#inbox').querySelectorAll<HTMLElement>('.title')], 0);
  }

  #mark(items: readonly NotificationItem[], read: boolean): void {
    const changed = items.filter((item) => item.read !== read);
    for (const item of changed) {
      item.read = read;
      this.emit('ws-notification-read', item);
    }
    this.#tell(changed, { read });
    this.requestUpdate();
  }

  /** Whether its link is to be followed. */
  #open(item: NotificationItem, event?: Event): boolean {
    const isMeant = this.emit('ws-notification-click', item, true);
    if (!isMeant) event?.preventDefault();
    this.#mark([item], true);
    this.#close(item);
    return isMeant;
  }

  #act(notification: NotificationItem, action: NotificationAction, event: Event): void {
    if (this.emit('ws-notification-action', { notification, action }, true)) {
      this.#mark([notification], true);
      this.#close(notification);
    } else event.preventDefault();
  }

  #toggled(isOpen: boolean): void {
    this.#isOpen = isOpen;
    if (isOpen) this.#toasts.remove();
    else if (this.find<Perhaps>('#inbox:focus-within')) this.find<Perhaps>('#bell')?.focus();
    this.#list(true);
  }

  /** Puts the inbox to the bell, where `placement` says or there is more room; toasts never cover the bell. */
  #place(): void {
    if (this.inline) return;
    const { top, right, bottom, left } = this.find('#bell').getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const isRtl = getComputedStyle(this).direction === 'rtl';
    const [side, edge] = this.placement?.split('-') ?? [];
    const below = clientHeight - bottom;
    const isBelow =
      (side === 'bottom' && below > ENOUGH) || (below >= top && !(side === 'top' && top > ENOUGH));
    const isStart = edge === 'start';
    const inline = `max(1em, min(${isStart === isRtl ? clientWidth - right : left}px, 100vw - 23em))`;
    const block = isBelow ? `${bottom}px auto` : `auto ${clientHeight - top}px`;
    this.find('#inbox').style.cssText =
      `--_block:${block};--_inline:${isStart ? `${inline} auto` : `auto ${inline}`};--_room:${isBelow ? below : top}px`;
    this.find('#toasts').style.cssText = `--_block:${bottom < clientHeight / 3 ? bottom : 0}px`;
  }

  /** Toasts go to the other edge of the window rather than cover the field that the user writes in. */
  #avoid(): void {
    const field = focusedField();
    const toasts = this.find('#toasts');
    toasts.className = '';
    if (field && overlap(field.getBoundingClientRect(), toasts.getBoundingClientRect()))
      toasts.className = 'away';
  }

  #showAll(): void {
    const bell = this.find('#bell');
    bell.focus();
    bell.click();
  }

  #readAll(): void {
    this.markRead();
    // Its button goes.
    this.find('#inbox').focus();
  }

  /** Takes its toast away. */
  #close(item: NotificationItem): void {
    this.#moveFocus('#toasts', '#bell');
    this.#toasts.remove(item);
  }

  /** From the row that is about to go to the next one in its list, or to `last`. */
  #moveFocus(list: string, last: string): void {
    const row = this.find<Perhaps>(`${list} :focus-visible`)?.closest('li');
    const next = (row?.nextElementSibling ?? row?.previousElementSibling)?.querySelector<HTMLElement>(
      '[part=dismiss]',
    );
    if (row) (next ?? this.find<HTMLElement>(last)).focus();
  }

  #point(isThere: boolean): void {
    this.#pointed = isThere;
    this.#pass();
  }

  #pass(): void {
    this.#toasts.pass();
  }
}
