import { type BlockList, isIP } from 'node:net';
import { isIn } from './address-ranges.ts';

/** An IPv4 address that came as IPv6 (`::ffff:10.0.0.1`) as what it is. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

/**
 * Whose the connection is. The right end of `X-Forwarded-For` is what the nearest proxy saw; further left anyone may
 * have written anything, so it is read from the right up to the first that is no trusted proxy.
 *
 * @param peer Address at the other end of the TCP connection.
 */
export function clientAddress(
  peer: string,
  headers: { readonly [name: string]: string | string[] | undefined },
  trusted: BlockList,
): string {
  const direct = plainAddress(peer);
  if (!isIn(trusted, direct)) return direct;
  const forwarded = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((entry) => plainAddress(entry.trim()))
    .filter((entry) => entry !== '');
  let client = direct;
  for (const entry of forwarded.reverse()) {
    if (isIP(entry) === 0) return client;
    client = entry;
    if (!isIn(trusted, entry)) return client;
  }
  const real = plainAddress(String(headers['x-real-ip'] ?? '').trim());
  return forwarded.length === 0 && isIP(real) !== 0 ? real : client;
}

/** What limits count by: an IPv4 address, or the /64 that one customer has of IPv6. */
export function addressKey(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail = ''] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === '' ? [] : tail.split(':');
  const filled = address.includes('::')
    ? [...first, ...Array(Math.max(0, 8 - first.length - last.length)).fill('0'), ...last]
    : first;
  return `${filled
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
