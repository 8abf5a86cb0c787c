/** The gateway's frames: Blueprint "WebSocket Protocol", with E3, E4, E7, E32 and the requests of design section 5. */
import { z } from 'zod';
import { Account } from './auth.ts';
import { Channel } from './channels.ts';
import { Time, text } from './fields.ts';
import { Id } from './ids.ts';
import { LIMITS } from './limits.ts';
import { MemberWithUser } from './members.ts';
import { NotificationSetting } from './notifications.ts';
import { Presence, PresencePatch, RequestMembers } from './presence.ts';
import { ReadState } from './reads.ts';
import { Relationship } from './relationships.ts';
import { ServerSnapshot } from './servers.ts';
import { User, UserSettings } from './users.ts';

export const Op = {
  DISPATCH: 0,
  HEARTBEAT: 1,
  IDENTIFY: 2,
  PRESENCE_UPDATE: 3,
  VOICE_STATE_UPDATE: 4,
  RESUME: 6,
  RECONNECT: 7,
  REQUEST_MEMBERS: 8,
  INVALID_SESSION: 9,
  HELLO: 10,
  HEARTBEAT_ACK: 11,
  REQUEST: 12,
  RESPONSE: 13,
} as const;

/** Why a socket was closed. A client resumes after every code but those marked final; 4007 wants a fresh Identify. */
export const CloseCode = {
  NORMAL: 1000,
  GOING_AWAY: 1001,
  UNKNOWN_ERROR: 4000,
  UNKNOWN_OP: 4001,
  BAD_FRAME: 4002,
  NOT_IDENTIFIED: 4003,
  /** Final until the client has a new token. */
  BAD_TOKEN: 4004,
  ALREADY_IDENTIFIED: 4005,
  UNKNOWN_POSITION: 4007,
  RATE_LIMITED: 4008,
  SESSION_TIMEOUT: 4009,
  READER_TOO_SLOW: 4010,
  TOKEN_EXPIRED: 4011,
  /** Final: the session was signed out. */
  SESSION_REVOKED: 4012,
  SHUTTING_DOWN: 4013,
  /** Final: the account is suspended or gone. */
  ACCOUNT_CLOSED: 4014,
} as const;

/** Identify's `intents`: a bit per kind of event. Left out, everything is sent. */
export const Intent = {
  SERVERS: 1 << 0,
  MEMBERS: 1 << 1,
  MESSAGES: 1 << 2,
  TYPING: 1 << 3,
  PRESENCE: 1 << 4,
  READS: 1 << 5,
  USERS: 1 << 6,
} as const;
export const ALL_INTENTS: number = Object.values(Intent).reduce((all, bit) => all | bit, 0);

const Token = z.string().min(1).max(4096);
export const ConnectionProperties = z.object({
  os: text(64).optional(),
  browser: text(64).optional(),
  device: z.enum(['desktop', 'mobile', 'web']).optional(),
});

export const Identify = z.object({
  token: Token,
  intents: z.int().min(0).max(ALL_INTENTS).optional(),
  properties: ConnectionProperties.optional(),
  presence: PresencePatch.optional(),
});
export const Resume = z.object({
  token: Token,
  session_id: z.string().max(64).optional(),
  seq: z.int().min(0),
  intents: z.int().min(0).max(ALL_INTENTS).optional(),
  properties: ConnectionProperties.optional(),
  presence: PresencePatch.optional().meta({ description: 'Left out: as this session last said' }),
});
export const Request = z.object({
  id: z.union([z.string().max(64), z.int()]),
  command: z.string().max(64),
  params: z.record(z.string().max(64), z.unknown()).optional(),
});

/** Frames a client may send. */
export const ClientFrame = z.discriminatedUnion('op', [
  z.object({ op: z.literal(Op.HEARTBEAT), d: z.int().min(0).nullish() }),
  z.object({ op: z.literal(Op.IDENTIFY), d: Identify }),
  z.object({ op: z.literal(Op.PRESENCE_UPDATE), d: PresencePatch }),
  z.object({ op: z.literal(Op.VOICE_STATE_UPDATE), d: z.unknown() }),
  z.object({ op: z.literal(Op.RESUME), d: Resume }),
  z.object({ op: z.literal(Op.REQUEST_MEMBERS), d: RequestMembers }),
  z.object({ op: z.literal(Op.REQUEST), d: Request }),
]);
export type ClientFrame = z.infer<typeof ClientFrame>;

/** Frames the server sends. `s` is the reader's new cursor; frames without `s` do not last. */
export interface ServerFrame {
  op: number;
  t?: string;
  s?: number;
  d?: unknown;
}

export const Hello = z.object({ heartbeat_interval: z.int().meta({ description: 'ms' }) });

/** READY's d, and the `snapshot` of sync: all a client needs to draw its first screen. */
export const Ready = z
  .object({
    session_id: z.string(),
    user: User,
    account: Account.pick({ is_admin: true }),
    servers: z.array(ServerSnapshot),
    dms: z.array(Channel),
    users: z
      .array(User)
      .meta({ description: 'The people of the DMs and groups, and those one has a relationship with' }),
    settings: UserSettings,
    relationships: z.array(Relationship.omit({ user: true })),
    notification_settings: z.array(NotificationSetting),
    followed_threads: z.array(Id).max(LIMITS.FOLLOWED_IN_READY).meta({
      description: 'Threads of the channels above that one follows, also those that are archived; the newest',
    }),
    read_states: z
      .array(ReadState)
      .meta({ description: 'Of the channels that have one or have something unread; the others hold nothing unread' }),
    presences: z.array(Presence).meta({ description: 'Of DM partners; members come with op 8' }),
    server_time: Time,
  })
  .meta({ id: 'Ready' });
export type Ready = z.infer<typeof Ready>;

/** d of SERVER_MEMBERS_CHUNK, the answer to op 8. */
export const MembersChunk = z
  .object({
    server_id: Id,
    members: z.array(MemberWithUser),
    presences: z.array(Presence),
    total: z.int(),
    online: z.int(),
    offset: z.int(),
    nonce: z.string().optional(),
  })
  .meta({ id: 'MembersChunk' });
export type MembersChunk = z.infer<typeof MembersChunk>;

export const Response = z.discriminatedUnion('ok', [
  z.object({
    id: z.union([z.string(), z.int()]),
    ok: z.literal(true),
    result: z.unknown(),
    position: z.int().optional(),
  }),
  z.object({ id: z.union([z.string(), z.int()]), ok: z.literal(false), error: z.unknown() }),
]);

/** A sync answer (BarTAB's long poll, design section 5). */
export interface SyncAnswer {
  next: number;
  events: { t: string; s: number; d: unknown }[];
  ephemeral: { t: string; d: unknown }[];
  snapshot?: Ready;
  /** Why there is a snapshot although `since` was given, such as VIEW_CHANGED, TOO_FAR_BEHIND or ADMIN_CHANGED. */
  reset?: string;
}
