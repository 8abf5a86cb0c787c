import { parseAddress, type Settings } from '@snug/server';

/** Where links lead: `public_url`, or this machine at the port the instance listens on. */
export function linkBase({ public_url, addr }: Pick<Settings, 'public_url' | 'addr'>): string {
  return public_url || `http://localhost:${parseAddress(addr).port}`;
}
