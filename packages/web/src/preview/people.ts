import {
  type Channel,
  type Id,
  type Member,
  type Message,
  type MessageType,
  newMessage,
  type Server,
  type User,
} from '@snug/protocol';

/** A readable id of the right shape: names of things in the preview. */
export function previewId(name: string): Id {
  return `01${name.toUpperCase().replace(/[^0-9A-HJKMNP-TV-Z]/g, '0')}`.padEnd(26, '0').slice(0, 26);
}

const LONG_AGO = '2026-03-03T18:00:00.000Z';

export function previewUser(name: string, more: Partial<User> = {}): User {
  return {
    id: previewId(name),
    username: name.toLowerCase(),
    discriminator: '0',
    display_name: name,
    avatar_url: '',
    bio: '',
    status: 'online',
    custom_status: '',
    is_bot: false,
    created_at: LONG_AGO,
    ...more,
  };
}

export function previewServer(name: string, owner: User): Server {
  return {
    id: previewId(`s-${name}`),
    name,
    description: '',
    icon_url: '',
    owner_id: owner.id,
    is_public: false,
    invite_code: '',
    member_count: 7,
    system_channel_id: null,
    created_at: LONG_AGO,
    updated_at: LONG_AGO,
  };
}

export function previewChannel(name: string, more: Partial<Channel>): Channel {
  return {
    id: previewId(`c-${name}`),
    type: 'text',
    name,
    topic: '',
    position: 0,
    is_private: false,
    is_nsfw: false,
    is_archived: false,
    slow_mode_delay: 0,
    last_message_id: null,
    last_message_at: null,
    created_at: LONG_AGO,
    updated_at: LONG_AGO,
    ...more,
  };
}

export function previewMember(user: User, server: Server): Member {
  return {
    user_id: user.id,
    server_id: server.id,
    nickname: '',
    role_ids: [],
    joined_at: LONG_AGO,
    is_muted: false,
    is_deafened: false,
    timed_out_until: null,
  };
}

let count = 0;

export function previewMessage(
  author: User,
  content: string,
  at: Date,
  more: Partial<Message> & { type?: MessageType } = {},
): Message {
  count += 1;
  return newMessage({
    id: previewId(`m${String(count).padStart(6, '0')}`),
    channel_id: '',
    author_id: author.id,
    content,
    content_html: '',
    type: 'default',
    created_at: at.toISOString(),
    ...more,
  });
}
