/** What a client keeps from one connection to the next, to get what it missed. */
export interface Kept {
  /** Of the last publication that it has. */
  position?: string;
  /** Who it was. */
  session?: string;
}

/** What a client makes of a frame. */
export interface Heard {
  /** What it answers. */
  answer?: string;
  /** It follows the channel from here on; if it came back, the server says that nothing is missing. */
  follows?: true;
  /** The text of a publication. */
  publication?: string;
}

/** How a server's clients speak, as far as they have to for following one channel and coming back to it. */
export interface Dialect {
  /** What the handshake asks for. */
  readonly path: string;
  /**
   * @param kept - Is brought up to date.
   * @throws {Error} The server cannot give back what was missed, or says something else.
   */
  hear(text: string, kept: Kept): Heard;
}
