/** Events for suites that speak to a log directly: whole bodies, as features would make them. */

import type { Append, NewEvent } from '@snug/chat';
import { IdClock, type Message, newMessage } from '@snug/protocol';

const AT = Date.UTC(2026, 0, 1);
const TIME = new Date(AT).toISOString();

/** Ids from a clock that stands still and randomness that counts: two runs make the same ones. */
export function countingIds(): () => string {
  let count = 0;
  const random = (buffer: Uint8Array): void => {
    for (const index of buffer.keys()) buffer[index] = (count++ * 31) & 255;
  };
  const clock = new IdClock({ now: () => AT, random, node: 0 });
  return () => clock.next();
}

export function append(actor: string, events: NewEvent | NewEvent[], more: Partial<Append> = {}): Append {
  return { actor, at: AT, trace: 'suite', events: Array.isArray(events) ? events : [events], guards: [], ...more };
}

export function userCreate(id: string, name = 'ada'): NewEvent {
  const body = {
    id,
    username: name,
    discriminator: '0',
    display_name: name,
    avatar_url: '',
    bio: '',
    status: 'offline' as const,
    custom_status: '',
    is_bot: false,
    created_at: TIME,
  };
  return { type: 'USER_CREATE', scope: `user:${id}`, subject: id, body };
}

export function messageCreate(
  channelId: string,
  id: string,
  authorId: string,
  content: string,
  more: Partial<Message> = {},
): NewEvent {
  const body = newMessage({
    id,
    channel_id: channelId,
    author_id: authorId,
    content,
    content_html: `<p>${content}</p>`,
    type: 'default' as const,
    created_at: TIME,
    ...more,
  });
  return { type: 'MESSAGE_CREATE', scope: `channel:${channelId}`, subject: id, body };
}

export function messageUpdate(channelId: string, id: string, content: string): NewEvent {
  const body = {
    id,
    channel_id: channelId,
    content,
    content_html: `<p>${content}</p>`,
    is_edited: true,
    edited_at: TIME,
    mentions: [],
    mention_roles: [],
    mention_everyone: false,
  };
  return { type: 'MESSAGE_UPDATE', scope: `channel:${channelId}`, subject: id, body };
}

export function reactionAdd(channelId: string, messageId: string, userId: string, emoji: string): NewEvent {
  const body = {
    channel_id: channelId,
    message_id: messageId,
    user_id: userId,
    emoji,
    is_super: false,
    created_at: TIME,
  };
  return { type: 'MESSAGE_REACTION_ADD', scope: `channel:${channelId}`, subject: messageId, body };
}

export function messageDelete(channelId: string, id: string): NewEvent {
  return { type: 'MESSAGE_DELETE', scope: `channel:${channelId}`, subject: id, body: { id, channel_id: channelId } };
}

export function channelCreate(id: string, serverId: string): NewEvent {
  const body = {
    id,
    server_id: serverId,
    type: 'text' as const,
    name: 'general',
    topic: '',
    position: 0,
    is_private: false,
    is_nsfw: false,
    is_archived: false,
    slow_mode_delay: 0,
    last_message_id: null,
    last_message_at: null,
    created_at: TIME,
    updated_at: TIME,
  };
  return { type: 'CHANNEL_CREATE', scope: `channel:${id}`, subject: id, body };
}

export function dmCreate(id: string, one: string, other: string): NewEvent {
  const { server_id: _, ...body } = channelCreate(id, '').body as Extract<NewEvent, { type: 'CHANNEL_CREATE' }>['body'];
  const recipient_ids = [one, other].sort();
  return {
    type: 'CHANNEL_CREATE',
    scope: `channel:${id}`,
    subject: id,
    body: { ...body, type: 'dm', name: '', is_private: true, recipient_ids },
  };
}

export function serverCreate(id: string, ownerId: string): NewEvent {
  const body = {
    id,
    name: 'The parlour',
    description: '',
    icon_url: '',
    owner_id: ownerId,
    is_public: false,
    invite_code: '',
    member_count: 1,
    system_channel_id: null,
    created_at: TIME,
    updated_at: TIME,
  };
  return { type: 'SERVER_CREATE', scope: `server:${id}`, subject: id, body };
}

export function serverUpdate(id: string, name: string): NewEvent {
  return { type: 'SERVER_UPDATE', scope: `server:${id}`, subject: id, body: { id, name, updated_at: TIME } };
}

export function memberAdd(serverId: string, userId: string): NewEvent {
  const body = {
    user_id: userId,
    server_id: serverId,
    nickname: '',
    role_ids: [],
    joined_at: TIME,
    is_muted: false,
    is_deafened: false,
    timed_out_until: null,
    user: (userCreate(userId) as Extract<NewEvent, { type: 'USER_CREATE' }>).body,
    via: 'invite' as const,
  };
  return { type: 'MEMBER_ADD', scope: `server:${serverId}`, subject: userId, body };
}

export function inviteCreate(serverId: string, code: string, maxUses: number): NewEvent {
  const body = {
    code,
    server_id: serverId,
    created_by: serverId,
    max_uses: maxUses,
    uses: 0,
    expires_at: new Date(AT + 60_000).toISOString(),
    note: '',
    created_at: TIME,
  };
  return { type: 'INVITE_CREATE', scope: `server:${serverId}`, subject: serverId, body };
}

export function inviteUse(serverId: string, code: string, userId: string): NewEvent {
  const body = { code, server_id: serverId, used_by: userId };
  return { type: 'INVITE_USE', scope: `server:${serverId}`, subject: serverId, body };
}

export function readStateUpdate(userId: string, channelId: string, position: number): NewEvent {
  const body = {
    user_id: userId,
    channel_id: channelId,
    last_read_id: null,
    read_position: position,
    mention_count: 0,
    unread_count: 0,
    last_pin_timestamp: null,
  };
  return { type: 'READ_STATE_UPDATE', scope: `user:${userId}`, subject: channelId, body };
}

export const SUITE_TIME = AT;
