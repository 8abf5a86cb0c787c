/** What a browser says about its network and its page; nothing where there is no browser. */
interface Host {
  readonly navigator?: { readonly onLine?: boolean };
  readonly document?: { readonly visibilityState?: string; addEventListener?: Listen; removeEventListener?: Listen };
  addEventListener?: Listen;
  removeEventListener?: Listen;
}
type Listen = (type: string, listener: () => void) => void;

export interface NetworkListener {
  /** The network is back. */
  online(): void;
  /** The network seems gone, or the page was asleep: what is open may be dead. */
  doubt(): void;
}

const host = globalThis as unknown as Host;

/** True where the device itself says that it has no network. A hint: an instance on localhost works all the same. */
export function saysOffline(): boolean {
  return host.navigator?.onLine === false;
}

/** Returns the way to stop listening. */
export function listenToNetwork(listener: NetworkListener): () => void {
  const online = (): void => listener.online();
  const offline = (): void => listener.doubt();
  const visible = (): void => {
    if (host.document?.visibilityState === 'visible') listener.doubt();
  };
  host.addEventListener?.('online', online);
  host.addEventListener?.('offline', offline);
  host.document?.addEventListener?.('visibilitychange', visible);
  return () => {
    host.removeEventListener?.('online', online);
    host.removeEventListener?.('offline', offline);
    host.document?.removeEventListener?.('visibilitychange', visible);
  };
}
