import type { DeliveryAnswer, PublishAnswer } from '../../../protocol/src/index.ts';
import type { Core } from '../core.ts';
import { ExpiringMap } from '../limits/expiring-map.ts';
import { checkPublishRequest } from './publish-request.ts';

/** How long an idempotency key, or a message id, is known, ms; and how many of them. */
export const MEMORY_MS = 600_000;
export const MEMORY_SIZE = 100_000;

/** What back ends publish, over HTTP or by the library. */
export class Publisher {
  readonly #core: Core;
  /** First answers, by target and key. */
  readonly #answers = new ExpiringMap<PublishAnswer | DeliveryAnswer>(MEMORY_MS, MEMORY_SIZE);

  constructor(core: Core) {
    this.#core = core;
  }

  /**
   * Publishes in one step: idempotency key, offset, delivery.
   *
   * @throws {PublishError} The request is wrong, or its publication too large.
   */
  publish(request: unknown): PublishAnswer | DeliveryAnswer {
    const { hub, sessions, settings, stats, log, now } = this.#core;
    const time = now();
    const { target, publication, idempotencyKey } = checkPublishRequest(
      request,
      settings.limits.publication,
      time,
    );
    // No channel has a blank in its name, so a client's keys are not a channel's.
    const name = 'channel' in target ? target.channel : `client ${target.client}`;
    const key = idempotencyKey === undefined ? undefined : `${name} ${idempotencyKey}`;
    const first = key === undefined ? undefined : this.#answers.get(key, time);
    if (first) return 'offset' in first ? { ...first, deduplicated: true } : first;

    let answer: PublishAnswer | DeliveryAnswer;
    if ('channel' in target) {
      answer = { channel: target.channel, ...hub.publish(target.channel, publication), deduplicated: false };
      stats.publications += 1;
    } else {
      const session = sessions.get(target.client);
      if (session) hub.deliver(session, publication);
      answer = { delivered: session !== undefined };
    }
    if (key !== undefined) this.#answers.set(key, answer, time);
    log.debug({ target: name, type: publication.type, answer }, 'published');
    return answer;
  }

  /** Forgets the keys whose time is over. */
  sweep(now: number): void {
    this.#answers.sweep(now);
  }
}
