/** Puts auth together: the only file that knows every part. */
import { randomBytes, randomFillSync } from 'node:crypto';
import { join } from 'node:path';
import type { Logger, Registry } from '@snug/edge';
import { type FeedEntry, IdClock, MAX_NODE, Refusal, usernameKey } from '@snug/protocol';
import { type AccountSeed, Accounts } from './accounts/accounts.ts';
import { toAccount } from './accounts/to-account.ts';
import { Administration } from './admin/administration.ts';
import type { Auth } from './auth.ts';
import { createAuthMetrics } from './auth-metrics.ts';
import type { AuthSettings } from './auth-settings.ts';
import { FEED_PAGE, SignedFeed } from './feed/signed-feed.ts';
import { mountAuthRoutes } from './http/auth-routes.ts';
import { Registration } from './instance/registration.ts';
import { Invites } from './invites/invites.ts';
import { PasswordHasher } from './passwords/password-hasher.ts';
import { PasswordResets } from './passwords/password-resets.ts';
import { createRateLimits } from './rate-limits.ts';
import { Sessions } from './sessions/sessions.ts';
import type { AuthStore } from './store/auth-store.ts';
import { openSqliteStore } from './store/sqlite/open-sqlite-store.ts';
import { Tickets } from './tickets/tickets.ts';
import { AccessTokens } from './tokens/access-tokens.ts';
import { RefreshTokens } from './tokens/refresh-tokens.ts';
import { RETIRED_KEY_GRACE_MS, SigningKeys } from './tokens/signing-keys.ts';
import { VerifyCache } from './tokens/verify-cache.ts';

export interface AuthOptions {
  settings: AuthSettings;
  logger: Logger;
  registry: Registry;
  /** ms since 1970. */
  now?: () => number;
}

const SWEEP_EVERY_MS = 3600_000;
const REFRESH_KEY_BYTES = 32;

/** @throws if `data/auth.db` cannot be opened, is not durable, or was written by a later version */
export async function createAuth(options: AuthOptions): Promise<Auth> {
  const { settings, logger } = options;
  const store = await openSqliteStore(join(settings.data, 'auth.db'), (err) =>
    logger.error({ err }, 'the thread that owns auth.db died'),
  );
  try {
    return await assemble(options, store);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function assemble(options: AuthOptions, store: AuthStore): Promise<Auth> {
  const parts = await createParts(options, store);
  const { cache, accounts, sessions, invites, tickets, owner, registration, admin } = parts;
  const { settings, logger } = options;
  const sweeper = startSweeper(parts, store, settings, logger);
  const account = async (seed: AccountSeed) => toAccount(await accounts.create(seed));
  return {
    verify: (token) => cache.verify(token),
    redeemTicket: async (ticket) => cache.check(tickets.redeem(ticket)),
    onFeed: (listener) => store.onFeed((entry) => guarded(listener, entry, logger)),
    feedSince: (seq) => store.feed(seq, FEED_PAGE),
    isAdmin: (userId) => cache.isAdmin(userId),
    registration: () => registration.mode,
    openRegistration: (opening) => invites.openRegistration(opening),
    closeRegistration: (code) => invites.closeRegistration(code),
    opensRegistration: (code) => invites.opensRegistration(code),
    needsOwner: () => owner.needed,
    firstStartToken: () => invites.firstStartToken(),
    createAdmin: (username, password) => account({ username, password, is_admin: true }),
    createAccount: account,
    openSession: async (userId, caller = {}) => {
      const stored = await store.account(userId);
      if (stored === null) throw new Refusal('UNKNOWN_USER');
      return sessions.open(stored, { address: '', user_agent: '', trace_id: '', ...caller }, null);
    },
    findAccount: async (username) => {
      const stored = await store.accountByUsername(usernameKey(username));
      return stored === null ? null : toAccount(stored);
    },
    admin,
    createInvite: (request) => invites.create(request),
    revokeInvite: (inviteId) => invites.revoke(inviteId, null),
    ready: () => store.isOpen(),
    mount: (app, profile) => {
      const verify = (token: string) => cache.verify(token);
      mountAuthRoutes(app, { ...parts, settings, profile, verify });
    },
    close: async () => {
      clearInterval(sweeper);
      await store.close();
    },
  };
}

async function createParts({ settings, logger, registry, now = Date.now }: AuthOptions, store: AuthStore) {
  const at = now();
  const random = (bytes: number) => randomBytes(bytes);
  const start = await store.start({ refresh_key: random(REFRESH_KEY_BYTES).toString('base64url'), at });
  // A number of its own keeps auth's ids apart from those that chat makes in the same millisecond.
  const ids = new IdClock({ now, random: (buffer) => randomFillSync(buffer), node: MAX_NODE });
  for (const id of start.newest_ids) ids.observe(id);
  const owner = { needed: !start.has_admin };
  const onAdmin = () => {
    owner.needed = false;
  };
  const keys = await SigningKeys.load(store, settings.algorithm, at);
  const limits = createRateLimits(settings.rate_limits, now);
  const metrics = createAuthMetrics(registry);
  const { issuer, access_token_ttl: ttl } = settings;
  const access = new AccessTokens({ keys, issuer, ttl, now });
  const refresh = new RefreshTokens(start.refresh_key);
  const registration = new Registration(settings.registration, start.registration);
  const shared = { store, settings, registration, limits, metrics, logger, ids, now, random };
  const passwords = new PasswordHasher({ onHash: () => metrics.passwordHashes.inc() });
  const sessions = new Sessions({ ...shared, access, refresh });
  const accounts = new Accounts({ ...shared, sessions, passwords, onAdmin });
  const resets = new PasswordResets({ ...shared, passwords });
  const cache = new VerifyCache({
    verify: (token) => access.verify(token),
    now,
    ttl: ttl * 1000,
    start,
    onVerify: (result) => metrics.verifications.inc({ result }),
  });
  // First of all listeners: whoever hears an entry later may rely on `verify` refusing already.
  store.onFeed((entry) => cache.hear(entry));
  return {
    cache,
    accounts,
    sessions,
    invites: new Invites(shared),
    resets,
    admin: new Administration({ ...shared, resets }),
    registration,
    tickets: new Tickets(now, random),
    feed: new SignedFeed({ store, keys, issuer, now }),
    keys,
    limits,
    owner,
    now,
  };
}

/** A listener that fails must not keep the others, or the caller, from hearing. */
function guarded(listener: (entry: FeedEntry) => void, entry: FeedEntry, logger: Logger): void {
  try {
    listener(entry);
  } catch (err) {
    logger.error({ err, seq: entry.seq, kind: entry.kind }, 'a listener of the feed failed');
  }
}

function startSweeper(
  { now }: { now: () => number },
  store: AuthStore,
  settings: AuthSettings,
  logger: Logger,
): NodeJS.Timeout {
  const sweep = () => {
    const at = now();
    store
      .sweep(at, at - settings.access_token_ttl * 1000 - RETIRED_KEY_GRACE_MS)
      .catch((err: unknown) => logger.error({ err }, 'sweeping auth.db failed'));
  };
  sweep();
  return setInterval(sweep, SWEEP_EVERY_MS).unref();
}
