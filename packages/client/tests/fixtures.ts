/** Bodies as the server makes them, with as little said as possible. */
import {
  type Channel,
  DEFAULT_SETTINGS,
  type Message,
  newMessage,
  type Ready,
  type Server,
  type ServerSnapshot,
  type User,
} from '@snug/protocol';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A well-formed id that sorts by `n`. */
export function id(n: number): string {
  let text = '';
  for (let rest = n, i = 0; i < 10; i++, rest = Math.floor(rest / 32)) text = ALPHABET[rest % 32] + text;
  return text + '0'.repeat(16);
}

export const AT = '2026-01-01T00:00:00.000Z';
export const ME = id(1);
export const ANNA = id(2);
export const SERVER = id(10);
export const CHANNEL = id(11);
export const DM = id(12);

export function user(userId: string, more: Partial<User> = {}): User {
  return {
    id: userId,
    username: `user-${userId.slice(6, 10)}`,
    discriminator: '0',
    display_name: '',
    avatar_url: '',
    bio: '',
    status: 'offline',
    custom_status: '',
    is_bot: false,
    created_at: AT,
    ...more,
  };
}

export function message(messageId: string, more: Partial<Message> = {}): Message {
  return newMessage({
    id: messageId,
    channel_id: CHANNEL,
    author_id: ANNA,
    content: 'hello',
    content_html: '<p>hello</p>',
    type: 'default',
    created_at: AT,
    ...more,
  });
}

export function channel(channelId: string, more: Partial<Channel> = {}): Channel {
  return {
    id: channelId,
    server_id: SERVER,
    type: 'text',
    name: 'general',
    topic: '',
    position: 0,
    is_private: false,
    is_nsfw: false,
    is_archived: false,
    slow_mode_delay: 0,
    last_message_id: null,
    last_message_at: null,
    created_at: AT,
    updated_at: AT,
    ...more,
  };
}

export function dm(channelId: string, recipients: readonly string[]): Channel {
  const { server_id: _none, ...rest } = channel(channelId, { type: 'dm', name: '', recipient_ids: [...recipients] });
  return rest;
}

export function server(serverId: string, more: Partial<Server> = {}): Server {
  return {
    id: serverId,
    name: 'Home',
    description: '',
    icon_url: '',
    owner_id: ANNA,
    is_public: false,
    invite_code: '',
    member_count: 2,
    system_channel_id: null,
    created_at: AT,
    updated_at: AT,
    ...more,
  };
}

export function member(serverId: string, userId: string, more: object = {}) {
  return {
    user_id: userId,
    server_id: serverId,
    nickname: '',
    role_ids: [],
    // Before every id of these fixtures.
    joined_at: '1970-01-01T00:00:00.000Z',
    is_muted: false,
    is_deafened: false,
    timed_out_until: null,
    ...more,
  };
}

export function role(serverId: string, more: object = {}) {
  return {
    id: serverId,
    server_id: serverId,
    name: '@everyone',
    color: 0,
    position: 0,
    permissions: '3',
    is_default: true,
    is_mentionable: false,
    created_at: AT,
    ...more,
  };
}

export function serverSnapshot(
  serverId: string,
  channels: readonly Channel[],
  more: Partial<Server> = {},
): ServerSnapshot {
  return {
    ...server(serverId, more),
    categories: [],
    channels: [...channels],
    roles: [role(serverId)],
    member: member(serverId, ME),
  };
}

export function readState(channelId: string, more: object = {}) {
  return {
    user_id: ME,
    channel_id: channelId,
    last_read_id: null,
    read_position: 0,
    mention_count: 0,
    unread_count: 0,
    last_pin_timestamp: null,
    ...more,
  };
}

/** One server with one channel, read up to the beginning. */
export function ready(more: Partial<Ready> = {}): Ready {
  return {
    session_id: 'a-session',
    user: user(ME, { username: 'me' }),
    account: { is_admin: false },
    servers: [serverSnapshot(SERVER, [channel(CHANNEL)])],
    dms: [],
    users: [user(ANNA, { username: 'anna' })],
    settings: DEFAULT_SETTINGS,
    relationships: [],
    notification_settings: [],
    followed_threads: [],
    read_states: [readState(CHANNEL)],
    presences: [],
    server_time: AT,
    ...more,
  };
}
