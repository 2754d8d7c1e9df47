/** What a server under measurement can be told, whoever wrote it. */
export interface BenchServer {
  readonly port: number;
  /** Sends the same text to every receiver, so many times in this very turn of the event loop. */
  publish(text: string, count: number): void | Promise<void>;
  /** Those that are connected, as far as the server has noticed. */
  connections(): number | Promise<number>;
}

/** The channel that everyone is on. */
export const CHANNEL = 'lobby';
