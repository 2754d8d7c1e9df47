/** Counters since the start. */
export interface Stats {
  startedAt: number;
  /** Connections that got a `welcome`. */
  accepted: number;
  /** Connections that were refused with a close code, or that took too long. */
  refused: number;
  /** Frames from clients. */
  messages: number;
  publications: number;
  /** Error answers. */
  errors: number;
  /** Readers that were cut off. */
  slowReaders: number;
}

export function newStats(now: number): Stats {
  return {
    startedAt: now,
    accepted: 0,
    refused: 0,
    messages: 0,
    publications: 0,
    errors: 0,
    slowReaders: 0,
  };
}
