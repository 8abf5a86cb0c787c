/** One process, one port: the roles of an instance behind the shared edge, with the web client beside them. */
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createEdge, openApiDocument } from '@snug/edge';
import { COMMANDS, Refusal } from '@snug/protocol';
import type { App } from './http/app.ts';
import { countInFlight, type InFlight } from './http/in-flight.ts';
import { isLoopback } from './http/is-loopback.ts';
import { mountDiscovery } from './http/mount-discovery.ts';
import { mountDocs } from './http/mount-docs.ts';
import { mountWeb } from './http/mount-web.ts';
import { type OpenInstance, type OpenOptions, openInstance } from './open-instance.ts';
import { parseAddress } from './settings/setting.ts';
import type { Settings } from './settings/settings-table.ts';
import { VERSION } from './version.ts';

export interface ServeOptions extends OpenOptions {
  /** Folder of the built web client; the one of this checkout unless a test says otherwise. */
  dist?: string;
}

export interface RunningInstance extends Omit<OpenInstance, 'close'> {
  readonly app: App;
  readonly port: number;
  /** Where this machine reaches it, without a trailing slash. */
  readonly url: string;
  /** Where people reach it: `public_url`, or the same as `url`. */
  readonly publicUrl: string;
  /** The one-time link that makes the administrator; null once there is one. */
  readonly ownerLink: string | null;
  /**
   * Stops as a restart wants it: readers are told to come back, what is under way finishes, then everything closes.
   * A second call waits for the first.
   */
  stop(): Promise<void>;
}

const WEB_DIST = join(import.meta.dirname, '../../web/dist');
const WITHOUT_LIMITS = 'rate limits are off: anybody may try passwords and flood channels';
/** How long requests that are under way may take to finish. */
const DRAIN_LIMIT_MS = 10_000;

/**
 * Starts everything on `settings.addr`.
 * @throws InstanceRunning when another process has the data folder; the listen error when the address is taken.
 */
export async function startServer(settings: Settings, options: ServeOptions = {}): Promise<RunningInstance> {
  const parts = await openInstance(settings, options);
  if (settings.rate_limits === 'off') parts.logger.warn(WITHOUT_LIMITS);
  let app: App | undefined;
  try {
    // Ready is who has started wholly, so that a signal right after it already meets whoever handles it.
    let isAccepting = false;
    let publicUrl = settings.public_url;
    app = await createEdge({
      logger: parts.logger,
      registry: parts.registry,
      origins: settings.origins,
      trusted_proxies: settings.trusted_proxies,
      readiness: { auth: () => parts.auth.ready(), chat: () => parts.chat.ready(), accepting: () => isAccepting },
      metrics_from: (address) => settings.metrics === 'all' || (settings.metrics === 'local' && isLoopback(address)),
    });
    keepLocal(app, settings.metrics === 'local' ? ['/metrics', FEED] : [FEED]);
    const inFlight = countInFlight(app);
    parts.auth.mount(app, parts.chat.profile);
    parts.chat.mount(app);
    mountDiscovery(app, settings, {
      publicUrl: () => publicUrl,
      needsOwner: () => parts.auth.needsOwner(),
      registration: () => parts.auth.registration(),
    });
    await mountDocs(app, openApiDocument(COMMANDS, { title: `${settings.name} API`, version: VERSION }));
    await mountWeb(app, options.dist ?? WEB_DIST);
    const { port, url } = await listen(app, settings.addr);
    publicUrl ||= url;
    parts.lock.note(url);
    const token = await parts.auth.firstStartToken();
    const ownerLink = token === null ? null : `${publicUrl}/setup?token=${encodeURIComponent(token)}`;
    parts.logger.info({ url, public_url: publicUrl, data: settings.data, version: VERSION }, 'started');
    const stop = once(async () => {
      isAccepting = false;
      await stopGently(parts, app as App, inFlight);
    });
    isAccepting = true;
    return { ...parts, app, port, url, publicUrl, ownerLink, stop };
  } catch (error) {
    await app?.close();
    await parts.close();
    throw error;
  }
}

async function stopGently(parts: OpenInstance, app: App, inFlight: InFlight): Promise<void> {
  parts.logger.info('stopping');
  inFlight.drain();
  await parts.chat.drain();
  if (!(await inFlight.idle(DRAIN_LIMIT_MS))) parts.logger.warn('some requests did not finish in time');
  await app.close();
  await parts.close();
  parts.logger.info('stopped');
}

/** An empty host is every interface: both families where the machine has both. */
async function listen(app: App, addr: string): Promise<{ port: number; url: string }> {
  const { host, port } = parseAddress(addr);
  try {
    await app.listen({ host: host === '' ? '::' : host, port });
  } catch (error) {
    const isWithoutIpv6 = host === '' && ['EAFNOSUPPORT', 'EADDRNOTAVAIL'].includes((error as { code: string }).code);
    if (!isWithoutIpv6) throw error;
    await app.listen({ host: '0.0.0.0', port });
  }
  const bound = (app.server.address() as AddressInfo).port;
  const name = host === '' || host === '::' || host === '0.0.0.0' ? 'localhost' : host;
  return { port: bound, url: `http://${name.includes(':') ? `[${name}]` : name}:${bound}` };
}

/** Who is here and who was signed out: for roles that run apart, which is on this machine as long as they cannot. */
const FEED = '/api/v1/auth/feed';

/** Behind a proxy on the same machine every caller looks local; what the proxy relays is not. */
function keepLocal(app: App, routes: readonly string[]): void {
  app.addHook('onRequest', (request, _reply, done) => {
    if (!routes.includes(request.routeOptions.url ?? '')) return done();
    const { headers, ip } = request;
    const isRelayed = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
    return done(isRelayed || !isLoopback(ip) ? new Refusal('UNKNOWN_ROUTE') : undefined);
  });
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  return () => {
    running ??= work();
    return running;
  };
}
