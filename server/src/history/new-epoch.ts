import { randomBytes } from 'node:crypto';

/** Unlike any other there ever was. */
export function newEpoch(): string {
  return randomBytes(6).toString('base64url');
}
