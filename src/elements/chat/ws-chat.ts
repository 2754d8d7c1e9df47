import { html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { type Person, personKey } from '../../../protocol/src/person.ts';
import { formatPosition } from '../../../protocol/src/position.ts';
import { parseTimestamp } from '../../../protocol/src/timestamps.ts';
import { ConnectionController } from '../../connection/connection-controller.ts';
import { randomId } from '../../connection/random-id.ts';
import type { Connection, Publication, SendError, Subscription } from '../../connection/types.ts';
import { base } from '../base/base.styles.ts';
import { icon } from '../base/icons.ts';
import { languageOf } from '../base/language.ts';
import type { Texts } from '../base/texts.ts';
import { WsElement } from '../base/ws-element.ts';
import { statusText } from '../status-indicator/status-text.ts';
import { addRow, continues, findSent, KEPT, type Row, SHOWN } from './transcript.ts';
import { styles } from './ws-chat.styles.ts';

/** How long someone is typing who says no more, ms. */
const TYPING = 4000;

/** Names in the list of who is here. */
const MOST_NAMES = 100;

/** As documented, in code points; a server of ours says its own. */
const DEFAULT_LIMIT = 1000;

/** Characters left that are worth saying. */
const FEW = 100;

/** The reader counts as being at the end within it, px. */
const NEAR = 8;

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
 * A conversation on a channel: the messages of the session, who is here, who is typing, and a field to write in.
 * What is written without a connection is sent when it is back. Give it a height; `28em` by default.
 *
 * @slot header - Replaces the heading.
 * @slot empty - Replaces the sentence that stands where there is no message yet.
 * @event ws-message-send - The user sends; cancel it to keep the text in the field. `detail.channel`, `detail.message`.
 * @event ws-message-received - A message came that was not written here. `detail` is the publication.
 * @event ws-message-failed - A message was not sent. `detail.channel`, `detail.message`, `detail.id`, `detail.code`.
 * @csspart header - The bar above the messages.
 * @csspart label - The heading in it.
 * @csspart people - The disclosure in it that says who is here.
 * @csspart messages - The list that scrolls.
 * @csspart message - A message with its name and time.
 * @csspart meta - The line above a group of messages.
 * @csspart name - In it: the sender.
 * @csspart time - In it: the time.
 * @csspart bubble - The text of a message.
 * @csspart own - With it: one's own, as in `::part(bubble own)`; then also `pending`, `sent` or `failed`.
 * @csspart state - The icon for what became of one's own message.
 * @csspart error - The sentence under a message that failed.
 * @csspart retry - The button in it.
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

  readonly #controller = new ConnectionController(this, () => this.#follow());
  #connection?: Connection;
  #channel = '';
  #subscription?: Subscription;
  /** Where the last subscription ended. */
  #since?: string;
  #clock!: Intl.DateTimeFormat;
  #rows: Row[] = [];
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
  /** Messages that came below the reader. */
  #unseen = 0;
  #frame = 0;

  protected override willUpdate(): void {
    if (this.hasUpdated) this.#look();
    this.#follow();
    if (this.#open && this.#connection?.state !== 'connected') {
      this.#open = false;
      this.#note(this.text('connectionLost'), 'connection');
    }
  }

  protected override firstUpdated(): void {
    // Whatever changes the room for messages must not take the last one out of sight.
    new ResizeObserver(() => {
      this.#look();
      this.updated();
    }).observe(this.#list);
  }

  protected override updated(): void {
    const list = this.#list;
    if (this.#atEnd) list.scrollTop = list.scrollHeight;
    this.#top = list.scrollTop;
  }

  override render() {
    const { state } = this.#controller.status;
    const label = this.label || this.#channel;
    const rows = this.#rows.slice(0, SHOWN);
    const people = this.#subscription?.people ?? [];
    const left = this.#left;
    const closed = this.#refusal || state === 'refused';
    const text = this.text(statusText(this.#controller.status));
    const notice =
      state === 'connected' ? this.#refusal : state === 'refused' ? text : `${text} · ${this.text('later')}`;
    return html`<section>
      <header part="header">
        <slot name="header"><b part="label" class="cut">${label}</b></slot>
        ${
          people.length
            ? html`<details part="people">
                <summary>${this.text('people', { n: people.length })}</summary>
                <ul tabindex="0" aria-label=${this.text('people', { n: people.length })}>
                  ${people.slice(0, MOST_NAMES).map((person) => html`<li>${this.#name(person)}</li>`)}
                </ul>
              </details>`
            : ''
        }
      </header>
      <ol part="messages" role="list" tabindex="0" aria-label=${label} @scroll=${this.#scroll}>
        ${rows.map((row, index) => this.#row(row, rows[index - 1]))}
      </ol>
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
      <div part="composer" data-text=${this.#draft}>
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
      </div>
    </section>`;
  }

  get #list(): HTMLElement {
    return this.renderRoot.querySelector('ol') as HTMLElement;
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

  #row(row: Row, before: Row | undefined): TemplateResult {
    const { text, sender, state } = row;
    if (!sender) return html`<li part="note">${text}</li>`;
    const { name, own, reason, time } = row;
    const flags = `${own ? 'own' : ''} ${state ?? ''}`;
    const next = continues(row, before);
    return html`<li part="message" class="${flags} ${next ? 'next' : ''}">
      <small part="meta" class=${next ? 'unseen' : ''}
        ><b part="name" class=${own ? 'unseen' : ''}>${name}</b>
        <time part="time" datetime=${time.toISOString()}>${this.#clock.format(time)}</time></small
      >
      <div part="bubble ${flags}">${text}${
        state && state !== 'failed'
          ? html`<span part="state" role="img" aria-label=${this.text(state)}>${stateIcons[state]}</span>`
          : ''
      }</div>
      ${
        reason &&
        html`<p part="error">
          ${this.text('notSent')} ${reason}
          <button part="retry" @click=${() => this.#retry(row)}>${this.text('retry')}</button>
        </p>`
      }
    </li>`;
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
    const stays = connection === this.#connection && channel === this.#channel;
    if (stays && this.#subscription) return;
    const position = this.#subscription?.position;
    if (position) this.#since = formatPosition(position);
    this.#subscription?.unsubscribe();
    this.#subscription = undefined;
    this.#open = undefined;
    this.#typing.clear();
    if (!connection) return;
    if (!stays) {
      this.#rows = [];
      this.#unseen = 0;
      this.#since = undefined;
      this.#atEnd = true;
    }
    this.#refusal = '';
    this.#connection = connection;
    this.#channel = channel;
    this.#clock = new Intl.DateTimeFormat(languageOf(this), { timeStyle: 'short' });
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
        if (recovered === false || (lost && connection.plain)) this.#note(this.text('gap'), 'gap');
        else if (lost) this.#note(this.text('connectedAgain'), 'connection');
        this.#refusal = '';
        this.#open = true;
        this.requestUpdate();
      },
      onError: ({ code }) => {
        this.#refusal = this.text(code === 'forbidden' ? 'unreadable' : 'unavailable');
        this.requestUpdate();
      },
    });
  }

  #receive(publication: Publication): void {
    const { type, message: text, id, timestamp } = publication;
    if (type !== 'message' || typeof text !== 'string') return;
    const message = this.#message(text, publication, timestamp);
    const { own, sender, name, time } = message;
    const sent = findSent(this.#rows, message, id);
    if (sent) {
      sent.id = undefined;
      sent.state = 'sent';
      sent.time = time;
    } else {
      this.#typing.delete(sender as string);
      this.#add(message);
      if (!own) {
        if (!this.#atEnd) this.#unseen++;
        this.announce(`${name}: ${text}`, false, 'newMessages');
      }
      this.emit('ws-message-received', publication);
    }
    this.#later();
  }

  /** Whether the page lets it pass. */
  #send(message: string): boolean {
    const channel = this.#channel;
    const connection = this.#connection as Connection;
    if (!this.emit('ws-message-send', { channel, message }, true)) return false;
    const id = randomId();
    const row = { ...this.#message(message, connection), id, state: 'pending' } as Row;
    this.#toEnd();
    this.#add(row);
    connection
      .send(channel, message, { id })
      .then(
        ({ timestamp }) => {
          row.state = 'sent';
          row.time = readTime(timestamp);
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
    return true;
  }

  #submit(): void {
    const field = this.renderRoot.querySelector('textarea') as HTMLTextAreaElement;
    const text = this.#draft.trim();
    if (text && this.#left >= 0 && this.#send(text)) field.value = this.#draft = '';
    field.focus();
  }

  #retry(row: Row): void {
    if (this.#send(row.text)) this.#rows = this.#rows.filter((each) => each !== row);
    this.#list.focus();
  }

  #write(event: Event): void {
    this.#draft = (event.target as HTMLTextAreaElement).value;
    if (this.#draft.trim()) this.#connection?.typing(this.#channel);
    this.requestUpdate();
  }

  #press(event: KeyboardEvent): void {
    // In Safari the Enter that ends a composition comes after it; only 229 tells (W3C UI Events, "keyCode").
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#submit();
  }

  #jump(): void {
    this.#toEnd();
    this.#list.focus();
  }

  /** Firefox tells that the reader scrolled up only after a frame in which the list may change. */
  #look(): void {
    if (this.#list.scrollTop < this.#top) this.#scroll();
  }

  #scroll(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.#list;
    this.#top = scrollTop;
    this.#atEnd = scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.#atEnd && (this.#unseen || this.#rows.length > SHOWN)) this.#toEnd();
  }

  #toEnd(): void {
    this.#rows = this.#rows.slice(-KEPT);
    this.#unseen = 0;
    this.#atEnd = true;
    this.requestUpdate();
  }

  #message(text: string, person: Person, timestamp?: string): Row {
    const own = this.#isSelf(person);
    const name = this.#name(person);
    return {
      text,
      own,
      name,
      sender: personKey(person),
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
    addRow(this.#rows, row, this.#atEnd);
  }

  /** What arrives is drawn once a frame, however much it is; in a hidden page not before it is shown. */
  #later(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.requestUpdate();
    });
  }
}

function readTime(timestamp = ''): Date {
  return parseTimestamp(timestamp) ?? new Date();
}
