import { ApiErrorCode, type DeliveryAnswer, type PublishAnswer } from '../../../protocol/src/index.ts';
import type { Core } from '../core.ts';
import { KEY_LIFE, type Known } from '../history/history.ts';
import { ExpiringMap } from '../limits/expiring-map.ts';
import type { Publication } from './publication.ts';
import { PublishError } from './publish-error.ts';
import { checkPublishRequest } from './publish-request.ts';

/** Deliveries to one client that are known by their key. */
const MEMORY_SIZE = 100_000;

/** What back ends publish, over HTTP or by the library. */
export class Publisher {
  readonly #core: Core;
  /** First answers, by client and key; those of channels are in the history. */
  readonly #deliveries = new ExpiringMap<DeliveryAnswer>(KEY_LIFE, MEMORY_SIZE);

  constructor(core: Core) {
    this.#core = core;
  }

  /**
   * Publishes in one step: idempotency key, offset, history, delivery.
   *
   * @throws {PublishError} At once: the request is wrong, or its publication too large. By rejection: it cannot be kept.
   */
  publish(request: unknown): Promise<PublishAnswer | DeliveryAnswer> {
    const { settings, now } = this.#core;
    const time = now();
    const checked = checkPublishRequest(request, settings.limits.publication, time);
    const { target, publication, idempotencyKey } = checked;
    return 'channel' in target
      ? this.#toChannel(target.channel, publication, idempotencyKey)
      : Promise.resolve(this.#toClient(target.client, publication, idempotencyKey, time));
  }

  /** Forgets the keys whose time is over. */
  sweep(now: number): void {
    this.#deliveries.sweep(now);
  }

  #toChannel(channel: string, publication: Publication, idempotencyKey?: string): Promise<PublishAnswer> {
    const { hub, stats, log, now } = this.#core;
    // As JSON writes it, since half of a surrogate pair is any other half of one in UTF-8.
    const key =
      idempotencyKey === undefined
        ? undefined
        : `publish ${channel} ${JSON.stringify(idempotencyKey).slice(1, -1)}`;
    const first = key === undefined ? undefined : hub.find(key);
    if (first && now() - first.time < KEY_LIFE) return Promise.resolve(answerOf(first, true));
    return new Promise((resolve, reject) => {
      hub.publish(channel, publication, key, (outcome) => {
        if (outcome === undefined) {
          reject(new PublishError(ApiErrorCode.Unavailable, 'the publication could not be kept'));
          return;
        }
        stats.publications += outcome.isFirst ? 1 : 0;
        const answer = answerOf(outcome, !outcome.isFirst);
        log.debug({ type: publication.type, answer }, 'published');
        resolve(answer);
      });
    });
  }

  #toClient(client: string, publication: Publication, idempotencyKey: string | undefined, now: number) {
    const { hub, sessions, log } = this.#core;
    const key = idempotencyKey === undefined ? undefined : `${client} ${idempotencyKey}`;
    const first = key === undefined ? undefined : this.#deliveries.get(key, now);
    if (first) return first;
    const session = sessions.get(client);
    if (session) hub.deliver(session, publication);
    const answer = { delivered: session !== undefined };
    if (key !== undefined) this.#deliveries.set(key, answer, now);
    log.debug({ client, type: publication.type, answer }, 'published');
    return answer;
  }
}

function answerOf({ channel, epoch, offset }: Known, deduplicated: boolean): PublishAnswer {
  return { channel, epoch, offset, deduplicated };
}
