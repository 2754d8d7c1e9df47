import { type Position, parsePosition } from '../../protocol/src/position.ts';
import type { Entry } from './compare.ts';

/** Publications of one answer. */
const PAGE_SIZE = 100;

/** What a back end asks the server itself, past every line. */
export class BackEnd {
  readonly #port: () => number | undefined;
  readonly #apiKey: string;

  constructor(port: () => number | undefined, apiKey: string) {
    this.#port = port;
    this.#apiKey = apiKey;
  }

  /** Where channels stand. */
  async positions(channels: readonly string[]): Promise<Map<string, Position>> {
    const query = new URLSearchParams(channels.map((channel) => ['channel', channel]));
    const { positions } = await this.#ask<{ positions: Record<string, string> }>(`position?${query}`);
    return new Map(
      Object.entries(positions).map(([channel, text]) => [channel, parsePosition(text) as Position]),
    );
  }

  /** Everything that is kept of a channel, the oldest first. */
  async publications(channel: string): Promise<Entry[]> {
    const entries: Entry[] = [];
    for (let before: number | undefined; ; ) {
      const query = new URLSearchParams({ channel, limit: `${PAGE_SIZE}` });
      if (before !== undefined) query.set('before', `${before}`);
      const { publications, more } = await this.#ask<{ publications: Entry[]; more: boolean }>(
        `history?${query}`,
      );
      entries.unshift(...publications.map(({ offset, id }) => ({ channel, offset, id })));
      if (!more) return entries;
      before = entries[0]?.offset;
    }
  }

  async #ask<Answer>(path: string): Promise<Answer> {
    const response = await fetch(`http://127.0.0.1:${this.#port()}/api/${path}`, {
      headers: { authorization: `Bearer ${this.#apiKey}` },
    });
    if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Answer;
  }
}
