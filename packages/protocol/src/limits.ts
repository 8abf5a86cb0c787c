/**
 * The bounds of everything a client may send. Lengths are in code points (as JSON Schema's `maxLength` and zod count
 * them: `[...text].length`), sizes in bytes, times in milliseconds unless the name says otherwise. Published in
 * `/.well-known/snug`.
 */
export const LIMITS = {
  USERNAME_MIN: 2,
  USERNAME_MAX: 32,
  DISPLAY_NAME_MAX: 64,
  EMAIL_MAX: 254,
  PASSWORD_MIN: 8,
  PASSWORD_MAX: 256,
  BIO_MAX: 500,
  CUSTOM_STATUS_MAX: 128,
  URL_MAX: 2048,
  SERVER_NAME_MAX: 100,
  SERVER_DESCRIPTION_MAX: 1000,
  SERVERS_PER_USER: 200,
  CHANNEL_NAME_MAX: 100,
  CHANNEL_TOPIC_MAX: 1024,
  CHANNELS_PER_SERVER: 500,
  CATEGORIES_PER_SERVER: 100,
  CATEGORY_NAME_MAX: 100,
  OVERRIDES_PER_CHANNEL: 100,
  /** Seconds between two messages of one member where slow mode is on. */
  SLOW_MODE_MAX: 21_600,
  ROLES_PER_SERVER: 250,
  ROLE_NAME_MAX: 100,
  ROLES_PER_MEMBER: 100,
  NICKNAME_MAX: 64,
  REASON_MAX: 500,
  /** ms; a timeout ends after at most 28 days. */
  TIMEOUT_MAX: 28 * 24 * 3600 * 1000,
  /** Seconds of messages that a ban may purge. */
  BAN_PURGE_MAX: 7 * 24 * 3600,
  BANS_PER_SERVER: 100_000,
  /** Threads of a server that are not archived. */
  ACTIVE_THREADS_PER_SERVER: 1000,
  THREAD_FOLLOWERS: 1000,
  /** Threads that READY names as followed, the newest. */
  FOLLOWED_IN_READY: 1000,
  GROUP_SIZE: 50,
  BANS_PER_GROUP: 1000,
  GROUPS_PER_USER: 200,
  PINS_PER_CHANNEL: 50,
  REACTIONS_PER_MESSAGE: 20,
  /** A reaction's emoji, in code points. */
  EMOJI_MAX: 32,
  /** Users listed within a message's reaction. */
  REACTION_USERS: 10,
  SUPER_REACTIONS_PER_DAY: 5,
  MENTIONS_PER_MESSAGE: 50,
  BULK_DELETE: 100,
  /** People of a conversation up to which each message has receipts of its own. */
  RECEIPTS_GROUP_SIZE: 50,
  RELATIONSHIPS_PER_USER: 2000,
  NOTIFICATION_SETTINGS_PER_USER: 2000,
  REPORT_REASON_MAX: 1000,
  /** Reports of one user that nobody has closed yet. */
  OPEN_REPORTS_PER_USER: 50,
  SEARCH_MIN: 1,
  INVITES_PER_SERVER: 1000,
  INVITE_NOTE_MAX: 200,
  /** Seconds; an invite lives at most 30 days unless it never expires (0). */
  INVITE_MAX_AGE: 30 * 24 * 3600,
  INVITE_MAX_USES: 100_000,
  DMS_PER_USER: 1000,
  MESSAGE_MAX: 4000,
  NONCE_MAX: 64,
  PAGE_DEFAULT: 50,
  PAGE_MAX: 100,
  /** One gateway frame from a client, and one REST body. */
  FRAME_BYTES: 65_536,
  BODY_BYTES: 262_144,
  SYNC_TIMEOUT_MAX: 60_000,
  HEARTBEAT_INTERVAL: 41_250,
  /** Events a catch-up may cross before it becomes a reset (E7). */
  RESUME_EVENTS: 20_000,
  /** User ids one op 8 may ask for, and members of one chunk. */
  REQUEST_MEMBERS: 100,
  /** People of one list whose presence a connection follows. */
  FOLLOWED_PER_LIST: 1000,
  /** People named in one CHANNEL_PRESENCE. */
  CHANNEL_PRESENCE_NAMES: 100,
  BATCH_ACK: 100,
  /** Channels that one "mark all as read" acknowledges. */
  MARK_ALL: 500,
} as const;
