import type { IncomingMessage } from 'node:http';
import { addressKey, clientAddresses } from '@snug/edge';
import { expect, test } from 'vitest';

function from(remoteAddress: string, forwarded?: string): IncomingMessage {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return { socket: { remoteAddress }, headers } as unknown as IncomingMessage;
}

test('[SRV11] a forwarded address counts only from a trusted proxy, hop by hop', () => {
  const addressOf = clientAddresses(['10.0.0.0/8', '::1']);
  expect(addressOf(from('203.0.113.5', '198.51.100.1'))).toBe('203.0.113.5');
  expect(addressOf(from('10.1.2.3', '198.51.100.1'))).toBe('198.51.100.1');
  expect(addressOf(from('::1', '198.51.100.1, 10.9.9.9'))).toBe('198.51.100.1');
  // What the client itself wrote in front of it is not believed.
  expect(addressOf(from('10.1.2.3', '192.0.2.66, 198.51.100.1'))).toBe('198.51.100.1');
  expect(addressOf(from('10.1.2.3', 'nonsense'))).toBe('10.1.2.3');
  expect(addressOf(from('::ffff:10.1.2.3', '198.51.100.1'))).toBe('198.51.100.1');
  expect(clientAddresses([])(from('10.1.2.3', '198.51.100.1'))).toBe('10.1.2.3');
});

test('[SRV11] limits go by an IPv4 address, and by the /64 of an IPv6 one', () => {
  expect(addressKey('203.0.113.5')).toBe('203.0.113.5');
  expect(addressKey('2001:db8:1:2:3:4:5:6')).toBe(addressKey('2001:0db8:0001:0002::1'));
  expect(addressKey('2001:db8:1:2::1')).not.toBe(addressKey('2001:db8:1:3::1'));
  expect(addressKey('::1')).toBe('0:0:0:0::/64');
  expect(addressKey('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
});
