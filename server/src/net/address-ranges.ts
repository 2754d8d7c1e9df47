import { BlockList, isIP } from 'node:net';

export interface AddressRange {
  address: string;
  prefix: number;
  family: 'ipv4' | 'ipv6';
}

/** Reads `10.0.0.1`, `10.0.0.0/8`, `::1` or `fd00::/8`; `undefined` if it is none. */
export function readRange(text: string): AddressRange | undefined {
  const [address = '', digits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return undefined;
  const bits = version === 4 ? 32 : 128;
  if (digits !== undefined && !/^\d{1,3}$/.test(digits)) return undefined;
  const prefix = digits === undefined ? bits : Number(digits);
  return prefix <= bits ? { address, prefix, family: version === 4 ? 'ipv4' : 'ipv6' } : undefined;
}

/** Addresses that may be asked after; ranges that cannot be read are left out. */
export function addressSet(ranges: readonly string[]): BlockList {
  const set = new BlockList();
  for (const text of ranges) {
    const range = readRange(text);
    if (range) set.addSubnet(range.address, range.prefix, range.family);
  }
  return set;
}

/** Whether an address, of either family, is in the set. */
export function isIn(set: BlockList, address: string): boolean {
  const version = isIP(address);
  return version !== 0 && set.check(address, version === 4 ? 'ipv4' : 'ipv6');
}
