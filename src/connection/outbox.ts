import type { Acknowledgement } from './types.ts';

/** Messages at most. */
export const MAX_MESSAGES = 1000;

/** Bytes at most, as they go over the wire. */
export const MAX_BYTES = 1_048_576;

/** A message that the server has not acknowledged. */
export interface Outgoing {
  readonly id: string;
  readonly channel: string;
  /** `type` and the rest, as the page gave it. */
  readonly data: { readonly type: string; readonly [field: string]: unknown };
  /** Its frame. */
  readonly text: string;
  readonly bytes: number;
  readonly answer: Promise<Acknowledgement>;
  resolve(acknowledgement: Acknowledgement): void;
  reject(error: Error): void;
  /** Since when it is in flight, ms since 1970. */
  sentAt?: number;
  /** Closes that blamed a frame while it was in flight. */
  blamed?: boolean;
}

/**
 * What was accepted from the page, oldest first. Only the first is ever in flight: that keeps the order whatever the
 * server refuses, and when a close blames a frame there is no doubt which. In memory; a later store reads `messages`.
 */
export class Outbox {
  readonly messages: Outgoing[] = [];
  #bytes = 0;

  /** The one to send, or in flight. */
  get first(): Outgoing | undefined {
    return this.messages[0];
  }

  find(id: unknown): Outgoing | undefined {
    return this.messages.find((message) => message.id === id);
  }

  /** False if there is no room. */
  add(message: Outgoing): boolean {
    if (this.messages.length >= MAX_MESSAGES || this.#bytes + message.bytes > MAX_BYTES) return false;
    this.#bytes += message.bytes;
    return this.messages.push(message) > 0;
  }

  remove(message: Outgoing): void {
    const index = this.messages.indexOf(message);
    if (index >= 0) {
      this.#bytes -= message.bytes;
      this.messages.splice(index, 1);
    }
  }
}
