/** Someone on a channel: a user once, however many connections, or a guest with one. */
export interface Person {
  /** Set for a user. */
  userId?: string;
  /** Set for a guest. */
  clientId?: string;
  /** 1–64 code points; a guest may bring one by `?name=`. */
  name?: string;
}

/** What tells two people apart: the user's id, else the guest's client id. */
export function personKey({ userId, clientId }: Person): string {
  return userId === undefined ? `guest:${clientId}` : `user:${userId}`;
}
