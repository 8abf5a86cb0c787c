import type { Rate } from '@snug/edge';

export interface ChatSettings {
  /** The data folder; chat keeps `chat.db` in it. */
  readonly data: string;
  readonly server_creation: 'everyone' | 'admins';
  readonly rate_limits: 'on' | 'off';
  /** Events a catch-up may cross before it becomes a reset (E7). */
  readonly resume_limit: number;
  /** Bytes a slow reader may have waiting before it is cut off (E28). */
  readonly reader_buffer: number;
  /** ms until erased words are gone from the write-ahead log too (E25). */
  readonly erasure_delay: number;
  /** This node's number in ids (E20), 0 to 1022. */
  readonly node: number;
  /** Origins of pages that may open a gateway socket, besides the instance's own. */
  readonly origins: readonly string[];
}

/** Per user: a burst, then a rate a second. */
export const RATES: Readonly<Record<'send' | 'typing' | 'invite' | 'write' | 'read', Rate>> = {
  send: { burst: 20, per_second: 5 },
  typing: { burst: 5, per_second: 1 },
  invite: { burst: 10, per_second: 0.1 },
  write: { burst: 30, per_second: 3 },
  read: { burst: 100, per_second: 30 },
};
