import { BROADCAST_CHANNEL, covers, USER_CHANNEL_PREFIX } from '../../../protocol/src/index.ts';

/** What a client may do. Nothing is granted that is not named here; `broadcast` everyone may read. */
export interface Grants {
  /** Channel patterns. */
  read: readonly string[];
  write: readonly string[];
  /** Types that it may send beside `message` and `typing`. */
  types: readonly string[];
}

export function mayRead(grants: Grants, userId: string | undefined, channel: string): boolean {
  if (channel === BROADCAST_CHANNEL) return true;
  if (channel.startsWith(USER_CHANNEL_PREFIX)) {
    const owner = channel.slice(USER_CHANNEL_PREFIX.length);
    if (userId !== undefined && owner === userId) return true;
  }
  return grants.read.some((pattern) => covers(pattern, channel));
}

export function mayWrite(grants: Grants, channel: string): boolean {
  return grants.write.some((pattern) => covers(pattern, channel));
}

export function maySend(grants: Grants, type: string): boolean {
  return type === 'message' || grants.types.includes(type);
}
