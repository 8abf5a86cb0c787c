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
  /** Reverse proxies whose X-Forwarded-For is believed. */
  readonly trusted_proxies: readonly string[];
  /** Origins of pages that may open a gateway socket, besides the instance's own. */
  readonly origins: readonly string[];
}
