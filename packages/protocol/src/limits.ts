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
  ROLES_PER_SERVER: 250,
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
  BATCH_ACK: 100,
} as const;
