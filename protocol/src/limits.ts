/** The limits that a `welcome` tells a client, so that it can keep them by itself. */
export interface AnnouncedLimits {
  /** Unicode code points in a chat message. */
  message: number;
  /** Bytes in a frame. */
  frame: number;
  /** Publications a minute. */
  publications: number;
  /** Other frames a minute. */
  frames: number;
  /** Channels a connection. */
  channels: number;
}
