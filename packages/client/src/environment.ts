import type { SocketConstructor } from './connection/socket-like.ts';
import type { Locks } from './session/locks.ts';
import type { ClientOptions } from './snug-client.ts';
import type { ClientStorage } from './storage/client-storage.ts';
import { memoryStorage } from './storage/memory-storage.ts';

/** What may be there, depending on where this runs. */
interface Host {
  readonly document?: unknown;
  readonly location?: { readonly origin: string };
  readonly navigator?: { readonly locks?: Locks };
  readonly WebSocket?: SocketConstructor;
}

export interface Environment {
  /** Without a slash at its end. */
  readonly url: string;
  readonly socketUrl: string;
  readonly storage: ClientStorage;
  readonly tokens: 'cookie' | 'body';
  readonly locks: Locks | null;
  readonly fetch: typeof fetch;
  readonly WebSocket: SocketConstructor | null;
  readonly now: () => number;
  readonly random: () => number;
  readonly onError: (error: unknown) => void;
}

/** The options, completed from what the browser or Node offers. Throws TypeError on an address that is none. */
export function environment(options: ClientOptions): Environment {
  const host = globalThis as unknown as Host;
  const url = options.url.replace(/\/+$/, '');
  const base = url === '' ? (host.location?.origin ?? '') : url;
  const tokens = options.tokens ?? (host.document === undefined ? 'body' : 'cookie');
  // What only this client can see needs no lock against others.
  const isShared = tokens === 'cookie' || options.storage !== undefined;
  if (!/^https?:\/\//.test(base) || !URL.canParse(base)) throw new TypeError(`not an http(s) address: ${options.url}`);
  return {
    url,
    socketUrl: `${base.replace(/^http/, 'ws')}/ws`,
    storage: options.storage ?? memoryStorage(),
    tokens,
    locks: options.locks === undefined ? ((isShared ? host.navigator?.locks : null) ?? null) : options.locks,
    // Bound: a browser's fetch refuses to be called as somebody else's method.
    fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
    WebSocket: options.WebSocket ?? host.WebSocket ?? null,
    now: options.now ?? Date.now,
    random: options.random ?? Math.random,
    onError: options.onError ?? ((error) => console.error(error)),
  };
}
