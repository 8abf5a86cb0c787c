/** The roles of one installation on one data folder, without a wire: what `snug serve` and the other commands share. */
import { type Auth, createAuth } from '@snug/auth';
import { type Chat, type ChatOptions, createChat } from '@snug/chat';
import { createLogger, createRegistry, type Logger, type Registry } from '@snug/edge';
import { type DataLock, lockData } from './data-lock.ts';
import type { Settings } from './settings/settings-table.ts';

/** This process is the only one that makes ids: SQLite has one node. */
const ONE_NODE = 0;

export interface OpenOptions {
  /** Where log lines go; standard output unless a test or a tool says otherwise. */
  write?: ((line: string) => void) | undefined;
  /** ms since 1970. */
  now?: () => number;
  /**
   * The disk failed under the log: nothing can be promised any more (E15). By default the process ends, a moment
   * later, so that those who wait still hear OUTCOME_UNKNOWN.
   */
  onFatal?: (reason: string) => void;
  /** Wraps the log: tests put latency in front of it (E10). */
  wrapLog?: ChatOptions['wrapLog'];
}

export interface OpenInstance {
  readonly settings: Settings;
  readonly auth: Auth;
  readonly chat: Chat;
  readonly logger: Logger;
  readonly registry: Registry;
  readonly lock: DataLock;
  /** Closes the roles and gives the folder back. */
  close(): Promise<void>;
}

/**
 * Takes the data folder and opens the roles on it.
 * @throws InstanceRunning when another process has the folder.
 */
export async function openInstance(settings: Settings, options: OpenOptions = {}): Promise<OpenInstance> {
  const { now } = options;
  const logger = createLogger({
    level: settings.log_level,
    ...(options.write === undefined ? {} : { write: options.write }),
  });
  const registry = createRegistry();
  const lock = lockData(settings.data);
  const opened: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    try {
      for (const part of opened.splice(0).reverse()) await part.close();
    } finally {
      lock.release();
    }
  };
  try {
    const clock = now === undefined ? {} : { now };
    const auth = await createAuth({ settings: authSettings(settings), logger, registry, ...clock });
    opened.push(auth);
    const chat = await createChat({
      settings: chatSettings(settings),
      auth,
      logger,
      registry,
      ...clock,
      onFatal: options.onFatal ?? endProcess,
      ...(options.wrapLog === undefined ? {} : { wrapLog: options.wrapLog }),
    });
    opened.push(chat);
    return { settings, auth, chat, logger, registry, lock, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const LAST_WORDS_MS = 200;

function endProcess(): void {
  setTimeout(() => process.exit(1), LAST_WORDS_MS);
}

function authSettings(settings: Settings): Parameters<typeof createAuth>[0]['settings'] {
  const { data, issuer, access_token_ttl, refresh_token_ttl, registration, rate_limits, origins } = settings;
  return {
    data,
    issuer,
    access_token_ttl,
    refresh_token_ttl,
    registration,
    rate_limits,
    origins,
    algorithm: settings.signing,
  };
}

function chatSettings(settings: Settings): Parameters<typeof createChat>[0]['settings'] {
  const { data, server_creation, rate_limits, resume_limit, reader_buffer, origins, trusted_proxies } = settings;
  const erasure_delay = settings.erasure_delay * 1000;
  return {
    data,
    server_creation,
    rate_limits,
    resume_limit,
    reader_buffer,
    erasure_delay,
    origins,
    trusted_proxies,
    node: ONE_NODE,
  };
}
