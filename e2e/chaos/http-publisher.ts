import { setTimeout as sleep } from 'node:timers/promises';
import type { Entry } from './compare.ts';
import type { PlannedMessage } from './plan.ts';
import type { Random } from './random.ts';

export interface HttpPublisherOptions {
  /** `http://127.0.0.1:…` */
  url: string;
  apiKey: string;
  messages: readonly PlannedMessage[];
  random: Random;
  signal: AbortSignal;
  onAcknowledged(entry: Entry): void;
}

/** A request without answer for so long is sent again, ms. */
const PATIENCE = 1500;

/** A back end that publishes one after the other, each until it is answered, under one idempotency key. */
export async function publishByHttp(options: HttpPublisherOptions): Promise<void> {
  const { messages, random, signal, onAcknowledged } = options;
  for (const { id, channel, pause } of messages) {
    await sleep(pause, undefined, { signal });
    for (;;) {
      const offset = await publish(options, id, channel);
      if (offset !== undefined) {
        onAcknowledged({ channel, offset, id });
        break;
      }
      await sleep(random.between(20, 200), undefined, { signal });
    }
  }
}

/** @returns its offset; `undefined` if no answer came. */
async function publish({ url, apiKey, signal }: HttpPublisherOptions, id: string, channel: string) {
  let response: Response;
  let answer: { offset: number };
  try {
    response = await fetch(`${url}/api/publish`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}` },
      body: JSON.stringify({ channel, data: { type: 'chaos', id }, idempotencyKey: id }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
    });
    answer = (await response.json()) as typeof answer;
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
  if (!response.ok) throw new Error(`${id} was answered ${response.status}: ${JSON.stringify(answer)}`);
  return answer.offset;
}
