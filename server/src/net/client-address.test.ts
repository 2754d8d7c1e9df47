import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addressSet } from './address-ranges.ts';
import { addressKey, clientAddress } from './client-address.ts';

const trusted = addressSet(['10.0.0.0/8', '127.0.0.1', 'fd00::/8']);
const forwarded = (value: string, real?: string) => ({ 'x-forwarded-for': value, 'x-real-ip': real });

describe("a client's address", () => {
  it('is that of the connection, whatever its headers say', () => {
    assert.equal(clientAddress('192.0.2.1', forwarded('198.51.100.1', '198.51.100.2'), trusted), '192.0.2.1');
  });

  it('is what a trusted proxy saw', () => {
    assert.equal(clientAddress('10.1.2.3', forwarded('198.51.100.1'), trusted), '198.51.100.1');
    assert.equal(clientAddress('::ffff:127.0.0.1', forwarded('2001:db8::1'), trusted), '2001:db8::1');
  });

  it('is the rightmost that is no trusted proxy: what stands left of it anyone may have written', () => {
    assert.equal(
      clientAddress('10.1.2.3', forwarded('203.0.113.9, 198.51.100.1, fd00::5, 10.9.9.9'), trusted),
      '198.51.100.1',
    );
  });

  it('is X-Real-IP where there is no X-Forwarded-For', () => {
    assert.equal(clientAddress('10.1.2.3', { 'x-real-ip': '198.51.100.1' }, trusted), '198.51.100.1');
  });

  it('stays the last one known where the headers make no sense', () => {
    assert.equal(clientAddress('10.1.2.3', forwarded('198.51.100.1, unknown'), trusted), '10.1.2.3');
    assert.equal(clientAddress('10.1.2.3', forwarded('a, 10.4.4.4'), trusted), '10.4.4.4');
    assert.equal(clientAddress('10.1.2.3', { 'x-real-ip': '__proto__' }, trusted), '10.1.2.3');
    assert.equal(clientAddress('10.1.2.3', {}, trusted), '10.1.2.3');
  });
});

describe('what an address counts as', () => {
  it('is itself for IPv4', () => {
    assert.equal(addressKey('192.0.2.1'), '192.0.2.1');
  });

  it('is the /64 for IPv6, however it is written', () => {
    const keys = ['2001:db8:1:2::1', '2001:0db8:0001:0002:ffff:0:0:9', '2001:DB8:1:2:3:4:5:6'].map(
      addressKey,
    );
    assert.deepEqual(keys, Array(3).fill('2001:db8:1:2::/64'));
    assert.notEqual(addressKey('2001:db8:1:3::1'), keys[0]);
    assert.equal(addressKey('::1'), '0:0:0:0::/64');
    assert.equal(addressKey('fe80::1%eth0'), 'fe80:0:0:0::/64');
  });
});
