import { html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { type Person, personKey } from '../../../protocol/src/person.ts';
import { formatPosition } from '../../../protocol/src/position.ts';
import { parseTimestamp } from '../../../protocol/src/timestamps.ts';
import { ConnectionController } from '../../connection/connection-controller.ts';
import { randomId } from '../../connection/random-id.ts';
import type {
  Acknowledgement,
  Connection,
  Publication,
  SendError,
  Subscription,
} from '../../connection/types.ts';
import { base } from '../base/base.styles.ts';
import { formatDay } from '../base/format-day.ts';
import { icon } from '../base/icons.ts';
import { languageOf } from '../base/language.ts';
import { rove } from '../base/rove.ts';
import { safeLink } from '../base/safe-link.ts';
import type { Texts } from '../base/texts.ts';
import { WsElement } from '../base/ws-element.ts';
import { statusText } from '../status-indicator/status-text.ts';
import { hueOf, initialsOf } from './avatar.ts';
import { keepDraft, readDraft } from './draft.ts';
import { findLinks } from './find-links.ts';
import { addEarlier, addRow, findSent, isNewDay, KEPT, placeOf, type Row, SHOWN } from './transcript.ts';
import { styles } from './ws-chat.styles.ts';

/** How long someone is typing who says no more, ms. */
const TYPING = 4000;

/** Names in the list of who is here. */
const MOST_NAMES = 100;

/** As documented, in code points; a server of ours says its own. */
const DEFAULT_LIMIT = 1000;

/** Characters left that are worth saying. */
const FEW = 100;

/** Begins the names of slots for what the page shows in place of a text. */
const SLOT = 'message-';

/** Where the user writes before the script has come. */
const PLAIN_FIELD = 'form:not([slot]) [name=message]';

/** Rows that are drawn at least, and beside those that fill the list twice, while the reader is at the end. */
const FEWEST = 20;
const MORE = 40;

/** The reader counts as being at the end within it, px. */
const NEAR = 8;

/** Earlier messages are shown within so much of the first, px, and so many at a time. */
const SOON = 200;
const PAGE = 50;

/** Why a message was not sent, by code. */
const reasons: Partial<Record<string, keyof Texts>> = {
  forbidden: 'forbidden',
  message_too_long: 'tooLong',
  outbox_full: 'tooMany',
  closed: 'lost',
};

const stateIcons = {
  pending: icon('M12 7v5l3 2m-3-11a9 9 0 1 0 0 18 9 9 0 0 0 0-18'),
  sent: icon('m5 13 4 4L19 7'),
};
const arrow = icon('M12 19V5m-6 6 6-6 6 6');

/**
 * A conversation on a channel: its messages, who is here, who is typing, and a field to write in. What is written
 * without a connection is sent when it is back, also by the next page. Give it a height; `28em` by default. What the
 * server rendered into it is taken over: elements with `data-id` and `data-offset`, with `data-user-id` or
 * `data-client-id`, `<b>` for the name, `<p>` for the text and `<time datetime>`. A `<form>` beside them, in no slot, is
 * what there is to write in without the script; what stands in its field `message` when the script comes is kept.
 *
 * @slot header - Replaces the heading.
 * @slot footer - Below the field.
 * @slot composer - Replaces the field, for a page that has a reason why nothing can be written.
 * @slot empty - Replaces the sentence that stands where there is no message yet.
 * @event ws-message-send - The user sends; cancel it to keep the text in the field. `detail.channel`, `detail.message`.
 * @event ws-message-received - A message came that was not written here. `detail` is the publication.
 * @event ws-message-render - Something came or is sent on the channel, of any type. Set `detail.content` to an element of your own and it stands in place of the text. `detail.publication`, `detail.own`.
 * @event ws-message-failed - A message was not sent. `detail.channel`, `detail.message`, `detail.id`, `detail.code`.
 * @csspart header - The bar above the messages.
 * @csspart label - The heading in it.
 * @csspart people - The disclosure in it that says who is here.
 * @csspart messages - The list that scrolls.
 * @csspart day - The line above a day's first message.
 * @csspart new - The line above the first message that came while the reader was elsewhere.
 * @csspart message - A message with its name and time. Also `top`, `middle`, `bottom` or `single`, as it stands in its group.
 * @csspart avatar - A person's image or initials, beside the last message of a group.
 * @csspart link - An address in a message.
 * @csspart meta - The line above a group of messages.
 * @csspart name - In it: the sender.
 * @csspart time - In it: the time.
 * @csspart bubble - The text of a message.
 * @csspart own - With it: one's own, as in `::part(bubble own)`; then also `pending`, `sent` or `failed`.
 * @csspart state - The icon for what became of one's own message.
 * @csspart error - The sentence under a message that failed.
 * @csspart retry - The button in it.
 * @csspart discard - The other one.
 * @csspart note - Who came, who left, and what became of the connection.
 * @csspart empty - What stands in place of messages.
 * @csspart jump - The button to new messages below.
 * @csspart line - Above the field: who is typing, or the connection.
 * @csspart count - In the line: characters left, near the limit.
 * @csspart composer - The field with its button.
 * @csspart input - The text in it.
 * @csspart send - The button in it.
 * @cssproperty [--ws-accent] - Ground of one's own messages and of buttons.
 * @cssproperty [--ws-on-accent] - Text on it.
 * @cssproperty [--ws-chat-bubble-radius=1.1em] - Corners of a message.
 */
export class WsChat extends WsElement {
  static override styles = [base, styles];

  /** Where the messages are, 1–128 of `[A-Za-z0-9_.:@/-]`. */
  @property() channel = 'lobby';

  /** Heading; by default the channel. */
  @property() label?: string;

  /** Where the page stands that the server rendered, `epoch:offset`: what came since is not missed. */
  @property() since?: string;

  /** Images of people: an address with `{id}` for the user's id. Default: their initials. */
  @property() avatars?: string;

  readonly #controller = new ConnectionController(this, () => this.#follow());
  #connection?: Connection;
  #channel = '';
  #subscription?: Subscription;
  /** Where the last subscription ended. */
  #since?: string;
  /** That times are written in; making what writes them takes half a millisecond. */
  #language: string | undefined = '';
  #clock!: Intl.DateTimeFormat;
  #exact!: Intl.DateTimeFormat;
  #rows: Row[] = [];
  /** The first that is drawn: what was before is kept above it until the reader scrolls there. */
  #start?: Row;
  /** Rows that fill the list twice, if they are as high as those that are drawn. */
  #enough = FEWEST;
  /** Who types, until when, by {@link personKey}. */
  readonly #typing = new Map<string, [name: string, until: number]>();
  #draft = '';
  /** Why there is no subscription, a sentence. */
  #refusal = '';
  /** Subscribed; undefined before it was the first time. */
  #open?: boolean;
  #atEnd = true;
  /** Where the list was left, px. */
  #top = 0;
  /** How high it and its content were then, together, px; 0 while nobody can see it, and once it was moved. */
  #size = 0;
  /** Messages that came below the reader. */
  #unseen = 0;
  /** The first message that came while the reader was elsewhere. */
  #firstNew?: Row;
  #isAway = false;
  #slots = 0;
  /** Offset of the first that the server has. */
  #first?: number;
  #isLoading = false;
  /** What stays where it is when something comes above it, and where on the screen that ends, px. */
  #anchor?: Row;
  #place = 0;
  /** Ids of what the server rendered. */
  readonly #rendered = new Set<string>();
  #frame = 0;
  #observer?: ResizeObserver;

  protected override willUpdate(): void {
    const language = languageOf(this);
    if (language !== this.#language) {
      this.#language = language;
      this.#clock = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
      this.#exact = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'medium' });
    }
    this.#look();
    this.#follow();
    if (this.#open && this.#connection?.state !== 'connected') {
      this.#open = false;
      this.#note(this.text('connectionLost'), 'connection');
    }
    // In a flood that is every time, and no more are laid out than have to be.
    if (this.#rows.length > this.#from + this.#enough + MORE && this.#mayDrop)
      this.#start = this.#rows.at(-this.#enough);
  }

  protected override updated(): void {
    const list = this.#list;
    const items = list.firstElementChild as Element;
    if (!this.#observer) {
      // Whatever changes the room for messages must not take the last one out of sight.
      this.#observer = new ResizeObserver(() => {
        // What is drawn then is not there yet.
        if (this.#frame) return;
        this.#look();
        this.updated();
      });
      this.#observer.observe(list);
      // Images and fonts that come late.
      this.#observer.observe(items);
    }
    const { scrollHeight, clientHeight } = list;
    const anchor = this.#anchor && this.#items[this.#rows.indexOf(this.#anchor) - this.#from];
    if (anchor && list.querySelector(':focus-within')) anchor.focus({ preventScroll: true });
    if (this.#atEnd) list.scrollTop = scrollHeight;
    else if (anchor) list.scrollTop += anchor.getBoundingClientRect().bottom - this.#place;
    else if (!this.#size) list.scrollTop = this.#top;
    this.#anchor = undefined;
    this.#size = clientHeight && scrollHeight + clientHeight;
    if (clientHeight) this.#top = list.scrollTop;
    if (scrollHeight > clientHeight)
      this.#enough = Math.max(FEWEST, ((2 * clientHeight + SOON) * items.childElementCount) / scrollHeight);
    else if (clientHeight && this.#from) {
      this.#enough += PAGE;
      this.#start = this.#rows.at(-this.#enough);
      this.#later();
    }
    if (this.#field.value !== this.#draft) this.#field.value = this.#draft;
    for (const child of [...this.children])
      if (child.slot.startsWith(SLOT) && !this.#rows.some(({ slot }) => slot === child.slot)) child.remove();
  }

  /** Moves the cursor into the field. */
  override focus(options?: FocusOptions): void {
    this.#field.focus(options);
  }

  override render() {
    const { status } = this.#controller;
    const { state } = status;
    const label = this.label || this.#channel;
    const rows = this.#rows.slice(this.#from, this.#from + SHOWN);
    const people = this.#subscription?.people ?? [];
    const count = this.text('people', { n: people.length });
    const left = this.#left;
    const closed = this.#refusal || state === 'refused';
    const text = this.text(statusText(status));
    const notice =
      state === 'connected' ? this.#refusal : state === 'refused' ? text : `${text} · ${this.text('later')}`;
    return html`<section>
      <header part="header">
        <slot name="header"><b part="label" class="cut">${label}</b></slot>
        ${
          people.length
            ? html`<details part="people" @keydown=${this.#fold}>
                <summary>${count}</summary>
                <ul tabindex="0" aria-label=${count}>
                  ${people.slice(0, MOST_NAMES).map((person) => html`<li>${this.#name(person)}</li>`)}
                </ul>
              </details>`
            : ''
        }
      </header>
      <div
        part="messages"
        role="group"
        tabindex="0"
        aria-label=${label}
        @scroll=${this.#scroll}
        @keydown=${this.#move}
      >
        <ol role="list">${rows.map((row, index) => this.#row(row, rows[index - 1], rows[index + 1]))}</ol>
      </div>
      ${rows.length ? '' : html`<p part="empty">${notice || html`<slot name="empty">${this.text('noMessages')}</slot>`}</p>`}
      <div part="line" id="line">
        ${
          this.#unseen
            ? html`<button part="jump" class="go" @click=${this.#jump}>${this.text('newMessages', { n: this.#unseen })}</button>`
            : ''
        }
        <span class=${notice ? '' : 'cut'}>${(rows.length && notice) || this.#typists}</span>
        ${left < FEW ? html`<span part="count">${this.text(left < 0 ? 'over' : 'left', { n: Math.abs(left) })}</span>` : ''}
      </div>
      <slot name="composer"><div part="composer" data-text=${this.#draft}>
        <textarea
          part="input"
          rows="1"
          enterkeyhint="send"
          placeholder=${this.text('message')}
          aria-label=${this.text('message')}
          aria-describedby="line"
          aria-invalid=${left < 0}
          ?disabled=${closed}
          @input=${this.#write}
          @keydown=${this.#press}
        ></textarea>
        <button part="send" class="bare go" aria-label=${this.text('send')} ?disabled=${closed} @click=${this.#submit}>
          ${arrow}
        </button>
      </div></slot>
      <slot name="footer"></slot>
      <slot hidden @slotchange=${this.#adopt}></slot>
    </section>`;
  }

  /** Rows that are kept above the first that is drawn. */
  get #from(): number {
    return Math.max(0, this.#rows.indexOf(this.#start as Row));
  }

  /** Rows that go move the others on: the one with the focus would be another, or gone. */
  get #mayDrop(): boolean {
    return this.#atEnd && !this.#list.matches(':focus-within');
  }

  get #list(): HTMLElement {
    return this.find('[part=messages]');
  }

  /** The rows that are drawn, one each. */
  get #items(): HTMLElement[] {
    return [...this.#list.querySelectorAll<HTMLElement>('[part^=message],[part=note]')];
  }

  get #field(): HTMLTextAreaElement {
    return this.find<HTMLTextAreaElement>('textarea');
  }

  /** Code points that still fit. */
  get #left(): number {
    const limit = this.#connection?.limits?.message ?? DEFAULT_LIMIT;
    return limit - [...this.#draft.trim()].length;
  }

  get #typists(): string {
    const now = Date.now();
    const names = [...this.#typing.values()].filter(([, until]) => until > now).map(([name]) => name);
    const { length: n } = names;
    const list = new Intl.ListFormat(languageOf(this));
    return n ? this.text(n > 2 ? 'manyTyping' : 'typing', { n, names: list.format(names) }) : '';
  }

  #row(row: Row, before?: Row, after?: Row): (TemplateResult | string)[] {
    const { sender, time } = row;
    const isNew = row === this.#firstNew;
    return [
      isNewDay(row, before)
        ? html`<li part="day"><span>${formatDay(time, languageOf(this))}</span></li>`
        : '',
      isNew ? html`<li part="new"><span>${this.text('newBelow')}</span></li>` : '',
      sender ? this.#messageRow(row, before, after) : html`<li part="note">${row.text}</li>`,
    ];
  }

  #messageRow(row: Row, before?: Row, after?: Row): TemplateResult {
    const { name = '', own, sender = '', state, reason, time } = row;
    const place = placeOf(row, before, after, this.#firstNew);
    const isFirst = /^[st]/.test(place);
    const isLast = /^[sb]/.test(place);
    const flags = `${own ? 'own' : ''} ${state ?? ''}`;
    const exact = this.#exact.format(time);
    return html`<li part="message ${place}" class="${flags} ${isFirst ? '' : 'next'}" tabindex="-1">
      ${own || !isLast ? '' : this.#avatar(name, sender, row.userId)}<small part="meta" class=${isFirst ? '' : 'unseen'}
        ><b part="name" class=${own ? 'unseen' : ''}>${name}</b>
        <time part="time" datetime=${time.toISOString()} title=${exact}>${this.#clock.format(time)}</time></small
      ><div part="bubble ${flags}" title=${exact}>${this.#content(row)}${
        state && state !== 'failed'
          ? html`<span part="state" role="img" aria-label=${this.text(state)}>${stateIcons[state]}</span>`
          : ''
      }</div>${
        reason
          ? html`<p part="error">
              ${this.text('notSent')} ${reason}
              <button part="retry" @click=${() => this.#retry(row)}>${this.text('retry')}</button>
              <button part="discard" @click=${() => this.#discard(row)}>${this.text('discard')}</button>
            </p>`
          : ''
      }</li>`;
  }

  #content({ text, slot }: Row): unknown {
    if (slot) return html`<slot name=${slot}></slot>`;
    return findLinks(text ?? '').map(([piece, href]) =>
      href
        ? html`<a part="link" href=${href} target="_blank" rel="noopener nofollow ugc">${piece}</a>`
        : piece,
    );
  }

  #avatar(name: string, key: string, userId = ''): TemplateResult {
    const image = userId && this.avatars?.replace('{id}', encodeURIComponent(userId));
    const address = image && safeLink(image, document.baseURI);
    return html`<span part="avatar" aria-hidden="true"
      ><svg viewBox="0 0 32 32" color="hsl(${hueOf(key)} 45% 38%)">
        <text x="16" y="21" text-anchor="middle">${initialsOf(name)}</text></svg
      >${
        address
          ? html`<img src=${address} alt="" loading="lazy" @load=${showLoaded} @error=${showLoaded} />`
          : ''
      }</span>`;
  }

  /** Whoever it is, in words. */
  #name(person: Person): string {
    const { name, userId, clientId = '' } = person;
    return this.#isSelf(person)
      ? this.text('you')
      : name ||
          userId ||
          (clientId === 'server' ? this.text('server') : this.text('guest', { id: clientId.slice(-4) }));
  }

  #isSelf(person: Person): boolean {
    return personKey(person) === personKey(this.#connection as Connection);
  }

  /** Subscribes where the attributes say; begins anew if that is not where it was. */
  #follow(): void {
    const { connection } = this.#controller;
    const channel = this.channel || 'lobby';
    const isSame = channel === this.#channel;
    const stays = isSame && connection === this.#connection;
    if (stays && this.#subscription) return;
    const position = this.#subscription?.position;
    if (position) this.#since = formatPosition(position);
    this.#subscription?.unsubscribe();
    this.#subscription = undefined;
    this.#open = undefined;
    this.#typing.clear();
    if (!connection) {
      // Where it is put next, its list begins at the top.
      this.#size = 0;
      return;
    }
    if (!stays) {
      this.#rows = [];
      this.#unseen = 0;
      this.#firstNew = this.#first = undefined;
      this.#since = this.since;
      this.#rendered.clear();
      this.#draft = '';
      this.#atEnd = true;
    }
    this.#refusal = '';
    this.#connection = connection;
    this.#channel = channel;
    // What the page has in it is still the channel's.
    if (!stays && isSame) this.#adopt();
    this.#subscription = connection.subscribe(channel, {
      since: this.#since,
      presence: true,
      onPublication: (publication) => this.#receive(publication),
      onTyping: (notice) => {
        if (this.#isSelf(notice)) return;
        this.#typing.set(personKey(notice), [this.#name(notice), Date.now() + TYPING]);
        setTimeout(() => this.requestUpdate(), TYPING);
        this.#later();
      },
      onPresence: (_, change) => {
        this.#later();
        if (!change || this.#isSelf(change.person)) return;
        this.#note(this.text(change.event, { name: this.#name(change.person) }), personKey(change.person));
      },
      onSubscribed: ({ recovered }) => {
        const lost = this.#open === false;
        // Or what is there does not fill the list: nobody could scroll up to what was before.
        const isFirst = this.#open === undefined && (!this.#since || !this.#top);
        // Only now it is known whose it is.
        this.#draft ||= readDraft(connection, channel);
        keepDraft({ url: connection.url } as Connection, channel, '');
        keepDraft(connection, channel, this.#draft);
        if (recovered === false || (lost && connection.plain)) this.#note(this.text('gap'), 'gap');
        else if (lost) this.#note(this.text('connectedAgain'), 'connection');
        this.#refusal = '';
        this.#open = true;
        for (const row of this.#rows) {
          if (recovered === false) row.offset = undefined;
          if (row.sender && !row.state) row.own = row.sender === personKey(connection as Person);
        }
        for (const { id, message, sent } of connection.unsent(channel)) {
          if (typeof message.message === 'string' && !this.#rows.some((row) => row.id === id)) {
            this.#await(message.message, id, sent);
          }
        }
        if (isFirst || recovered === false) this.#load();
        this.requestUpdate();
      },
      onError: ({ code }) => {
        this.#refusal = this.text(code === 'forbidden' ? 'unreadable' : 'unavailable');
        this.requestUpdate();
      },
    });
  }

  #receive(publication: Publication): void {
    const { id } = publication;
    if (this.#rendered.has(id ?? '')) return;
    const row = this.#toRow(publication);
    const { text, own, sender, name, time, offset } = row;
    const sent = text !== undefined && findSent(this.#rows, row, id);
    if (sent) Object.assign(sent, { id: undefined, state: 'sent', time, offset });
    else {
      if (!this.#isToShow(row, publication)) return;
      this.#typing.delete(sender as string);
      this.#add(row);
      if (!own) {
        const isAway = !this.#atEnd || document.hidden;
        if (isAway && !this.#isAway) this.#firstNew = row;
        this.#isAway = isAway;
        if (!this.#atEnd) this.#unseen++;
        if (text !== undefined) this.announce(`${name}: ${text}`, false, 'newMessages');
      }
      if (text !== undefined) this.emit('ws-message-received', publication);
    }
    this.#later();
  }

  /** Whether it is a message, or the page has something of its own to show in its place. */
  #isToShow(row: Row, publication: Publication): boolean {
    row.slot = this.#slot(publication, row.own);
    return row.text !== undefined || !!row.slot;
  }

  get #oldest(): number | undefined {
    return this.#rows.find(({ offset }) => offset)?.offset;
  }

  /** Asks the server for what was before, or for the newest where nothing has a place. */
  async #load(before = this.#oldest): Promise<void> {
    const connection = this.#connection as Connection;
    const subscription = this.#subscription;
    if (this.#isLoading || (before && before === this.#first)) return;
    this.#isLoading = true;
    let next: number | undefined;
    try {
      const { publications, more } = await connection.history(this.#channel, { before, limit: PAGE });
      if (subscription !== this.#subscription) return;
      if (!this.#from) this.#start = undefined;
      this.#keepPlace();
      const fresh = publications.filter(({ id }) => !this.#rendered.has(id ?? ''));
      const rows = fresh.flatMap((each) => {
        const row = this.#toRow(each);
        return this.#isToShow(row, each) ? row : [];
      });
      addEarlier(this.#rows, rows);
      if (!more) this.#first = this.#oldest;
      // What is not for reading fills no list that could be scrolled.
      else if (!rows.length) next = publications[0]?.offset;
      this.requestUpdate();
    } catch {
      // Without a connection it is asked for again when the reader scrolls.
    } finally {
      this.#isLoading = false;
      if (next) this.#load(next);
    }
  }

  /** What is read stays where it is, and the focus in it, though something comes above it. */
  #keepPlace(): void {
    const items = this.#items;
    const item = items.find((each) => each.matches(':focus-within')) ?? items[0];
    if (!item) return;
    this.#anchor = this.#rows[this.#from + items.indexOf(item)];
    this.#place = item.getBoundingClientRect().bottom;
  }

  /** Takes over what the server rendered. */
  #adopt(): void {
    const rows = [...this.querySelectorAll<HTMLElement>('[data-id]')].flatMap((element) => {
      const { id = '', offset, userId, clientId, name } = element.dataset;
      if (this.#rendered.has(id)) return [];
      this.#rendered.add(id);
      const [author, text, time] = ['b', 'p', 'time'].map((tag) => element.querySelector(tag));
      return this.#toRow({
        message: text?.textContent,
        userId,
        clientId,
        name: name ?? author?.textContent ?? undefined,
        offset: Number(offset) || undefined,
        timestamp: time?.getAttribute('datetime') ?? undefined,
      });
    });
    addEarlier(this.#rows, rows);
    const plain = this.querySelector<HTMLTextAreaElement>(PLAIN_FIELD);
    if (plain) {
      this.#field.value = this.#draft ||= plain.value;
      if (plain.matches(':focus')) {
        this.focus();
        this.#field.selectionEnd = plain.selectionEnd;
      }
      // Neither is it taken twice, nor does a browser bring it back that restores what forms had.
      plain.value = '';
    }
    this.requestUpdate();
  }

  /** The name of the slot where the page's own content for a publication stands; undefined where it has none. */
  #slot(publication: Publication, own = false): string | undefined {
    const detail: { publication: Publication; own: boolean; content?: Element } = { publication, own };
    this.emit('ws-message-render', detail);
    const { content } = detail;
    if (!content) return undefined;
    content.slot = SLOT + ++this.#slots;
    this.append(content);
    return content.slot;
  }

  /** Whether the page lets it pass. */
  #send(message: string): boolean {
    const channel = this.#channel;
    const connection = this.#connection as Connection;
    if (!this.emit('ws-message-send', { channel, message }, true)) return false;
    const id = randomId();
    this.#toEnd();
    this.#firstNew = undefined;
    this.#await(message, id, connection.send(channel, message, { id }));
    return true;
  }

  /** Shows a message that is on its way, and what becomes of it. */
  #await(message: string, id: string, sent: Promise<Acknowledgement>): void {
    const channel = this.#channel;
    const { clientId, userId, name } = this.#connection as Connection;
    const publication = { type: 'message', channel, message, id, clientId, userId, name };
    const slot = this.#slot(publication, true);
    const row: Row = { ...this.#toRow(publication), id, slot, state: 'pending' };
    this.#add(row);
    sent
      .then(
        ({ timestamp, offset }) => {
          row.state = 'sent';
          row.time = readTime(timestamp);
          row.offset = offset;
        },
        ({ code }: SendError) => {
          row.id = undefined;
          row.state = 'failed';
          row.reason = this.text(reasons[code] ?? 'notTaken');
          this.announce(`${this.text('notSent')} ${row.reason}`);
          this.emit('ws-message-failed', { channel, message, id, code });
        },
      )
      .then(() => this.requestUpdate());
  }

  #submit(): void {
    const text = this.#draft.trim();
    if (text && this.#left >= 0 && this.#send(text)) {
      this.#draft = '';
      keepDraft(this.#connection as Connection, this.#channel, '');
    }
    this.updated();
    this.focus();
  }

  #retry(row: Row): void {
    if (this.#send(row.text as string)) this.#discard(row);
  }

  #discard(row: Row): void {
    this.#rows = this.#rows.filter((each) => each !== row);
    this.requestUpdate();
    this.#list.focus();
  }

  #write(): void {
    this.#draft = this.#field.value;
    const connection = this.#connection as Connection;
    keepDraft(connection, this.#channel, this.#draft);
    if (this.#draft.trim()) connection.typing(this.#channel);
    this.requestUpdate();
  }

  #press(event: KeyboardEvent): void {
    // In Safari the Enter that ends a composition comes after it; only 229 tells (W3C UI Events, "keyCode").
    if (event.key === 'ArrowUp' && !this.#draft) this.#move(event);
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#submit();
  }

  #fold(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    const details = this.find<HTMLDetailsElement>('details');
    details.open = false;
    this.find('summary').focus();
  }

  /** From message to message; Escape leads back to the field. */
  #move(event: KeyboardEvent): void {
    const items = [...this.#list.querySelectorAll<HTMLElement>('[tabindex]')];
    rove(event, items, Infinity);
    if (event.key === 'Escape') this.focus();
  }

  #jump(): void {
    this.#toEnd();
    this.#list.focus();
  }

  /** Firefox tells that the reader scrolled up only after a frame in which the list may change. At first there is none. */
  #look(): void {
    if (this.#size && this.#top > this.#list.scrollTop) this.#scroll();
  }

  /** @param event - Absent where it is only looked where the reader is: maybe within a layout, where nothing may be drawn. */
  #scroll(event?: Event): void {
    const { scrollHeight, scrollTop, clientHeight } = this.#list;
    if (!clientHeight) return;
    // Where something changed its height, too, the reader may not have scrolled at all.
    const isOther = this.#size !== scrollHeight + clientHeight;
    this.#top = scrollTop;
    this.#atEnd = scrollHeight - scrollTop - clientHeight < NEAR || (this.#atEnd && isOther);
    if (this.#atEnd && (this.#unseen || this.#isBehind)) this.#toEnd();
    if (event && scrollTop < SOON) {
      if (this.#from) {
        this.#keepPlace();
        // None before the first: then all of them.
        this.#start = this.#rows[this.#from - PAGE];
        this.requestUpdate();
      } else if (this.#open) this.#load();
    }
  }

  /** Whether there are rows behind those that are shown. */
  get #isBehind(): boolean {
    return this.#rows.length > this.#from + SHOWN;
  }

  #toEnd(): void {
    // What waited has lost its middle; the server has it.
    if (this.#isBehind) this.#rows = this.#rows.slice(-KEPT);
    this.#unseen = 0;
    this.#isAway = false;
    this.#atEnd = true;
    this.requestUpdate();
  }

  /** @param publication - Of what the server rendered, as much as is there. */
  #toRow(publication: Partial<Publication>): Row {
    const { type = 'message', message, userId, offset, timestamp } = publication;
    const own = this.#isSelf(publication);
    return {
      text: type === 'message' && typeof message === 'string' ? message : undefined,
      own,
      name: this.#name(publication),
      sender: personKey(publication),
      userId,
      offset,
      time: readTime(timestamp),
      state: own ? 'sent' : undefined,
    };
  }

  /** @param topic - See {@link Row.topic}; a person's has a colon. */
  #note(text: string, topic: string): void {
    this.#add({ text, topic, time: new Date() });
    if (!topic.includes(':')) this.announce(text);
  }

  #add(row: Row): void {
    addRow(this.#rows, row, this.#mayDrop ? undefined : this.#from);
  }

  /** What arrives is drawn once a frame, however much it is; in a hidden page not before it is shown. */
  #later(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.requestUpdate();
    });
  }
}

const showLoaded = ({ target, type }: Event) =>
  (target as HTMLElement).classList.toggle('loaded', type === 'load');

function readTime(timestamp = ''): Date {
  return parseTimestamp(timestamp) ?? new Date();
}
