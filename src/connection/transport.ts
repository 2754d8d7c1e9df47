/** One way of carrying frames to a server and back; a WebSocket today. Knows nothing of what is in them. */
export interface Transport {
  /** Sends one text frame. Only between `open` and `close`. */
  send(text: string): void;
  /** Ends it; `close` is called back once, whoever ended it. */
  close(code?: number, reason?: string): void;
  /** Where several tabs share it: whether it is for this one to draw attention. */
  readonly isPrimary?: boolean;
}

/** What a transport tells. After `close` it tells nothing more. */
export interface TransportCallbacks {
  open(): void;
  message(text: string): void;
  /** `code` and `reason` as in RFC 6455 §7; 1006 where there was no close frame. */
  close(code: number, reason: string): void;
}

/**
 * Opens a transport to a URL.
 *
 * @throws if the URL may not be opened at all; what fails later ends in `close`.
 */
export type TransportFactory = (url: string, callbacks: TransportCallbacks) => Transport;
