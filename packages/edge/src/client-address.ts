/** Where a request comes from, past the reverse proxies that are trusted (as Fastify's `request.ip` says it). */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Reads addresses and networks (`10.0.0.0/8`) once. */
export function clientAddresses(trustedProxies: readonly string[]): (request: IncomingMessage) => string {
  const trusted = new BlockList();
  for (const proxy of trustedProxies) {
    const [address = '', bits] = proxy.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(bits), family);
  }
  const isTrusted = (address: string): boolean =>
    isIP(address) !== 0 && trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return ({ socket, headers }) => {
    let address = plain(socket.remoteAddress ?? '');
    const given = headers['x-forwarded-for'];
    const hops = (Array.isArray(given) ? given.join(',') : (given ?? '')).split(',').map((hop) => hop.trim());
    // From the nearest: each hop is believed only if who named it is trusted.
    for (let hop = hops.pop(); hop !== undefined && isTrusted(address); hop = hops.pop()) {
      if (isIP(hop) === 0) break;
      address = plain(hop);
    }
    return address;
  };
}

/** IPv4 within IPv6 is IPv4. */
function plain(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice('::ffff:'.length) : address;
}

/** What limits go by: an IPv4 address, or the /64 of an IPv6 one, for every household has that many. */
export function addressKey(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = (address.split('%')[0] as string).split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array.from({ length: tail === undefined ? 0 : missing }, () => '0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
