/** What the design document "Blueprint" fixes field for field: clients written against it must find it here. */
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { Category } from '../src/categories.ts';
import { Channel, ChannelType } from '../src/channels.ts';
import type { CommandSpec } from '../src/command.ts';
import { COMMANDS } from '../src/commands.ts';
import { Op } from '../src/frames.ts';
import { Member } from '../src/members.ts';
import { Attachment, Embed, Message, MessageType, Reaction } from '../src/messages.ts';
import { Permission } from '../src/permissions.ts';
import { Activity, ClientInfo, Presence, TypingIndicator } from '../src/presence.ts';
import { ReadState } from '../src/reads.ts';
import { Role } from '../src/roles.ts';
import { Server } from '../src/servers.ts';
import { User } from '../src/users.ts';

const ENTITIES: [string, z.ZodObject, string][] = [
  ['Server', Server, 'id name description icon_url owner_id is_public invite_code member_count created_at updated_at'],
  ['Category', Category, 'id server_id name position created_at'],
  [
    'Channel',
    Channel,
    'id server_id category_id type name topic position is_private slow_mode_delay last_message_id last_message_at created_at updated_at',
  ],
  [
    'Message',
    Message,
    'id channel_id author_id content content_html reply_to_id thread_id type attachments embeds mentions mention_roles mention_everyone reactions is_pinned is_edited edited_at created_at',
  ],
  ['Attachment', Attachment, 'id filename content_type size url width height'],
  ['Embed', Embed, 'type title description url color image_url video_url'],
  ['Reaction', Reaction, 'emoji count users me'],
  ['User', User, 'id username discriminator display_name avatar_url bio status custom_status is_bot created_at'],
  ['Member', Member, 'user_id server_id nickname role_ids joined_at is_muted is_deafened'],
  ['Role', Role, 'id server_id name color position permissions is_default is_mentionable created_at'],
  ['Presence', Presence, 'user_id status custom_status activities client_info last_seen_at'],
  ['Activity', Activity, 'type name details state'],
  ['ClientInfo', ClientInfo, 'desktop mobile web'],
  ['TypingIndicator', TypingIndicator, 'user_id channel_id timestamp'],
  ['ReadState', ReadState, 'user_id channel_id last_read_id mention_count last_pin_timestamp'],
];

const ROUTES = [
  'POST /auth/register',
  'POST /auth/login',
  'POST /auth/logout',
  'GET /auth/me',
  'PATCH /auth/me',
  'GET /servers',
  'POST /servers',
  'GET /servers/{}',
  'PATCH /servers/{}',
  'DELETE /servers/{}',
  'GET /servers/{}/channels',
  'POST /servers/{}/channels',
  'GET /servers/{}/members',
  'POST /servers/{}/members',
  'DELETE /servers/{}/members/{}',
  'GET /servers/{}/roles',
  'GET /channels/{}',
  'PATCH /channels/{}',
  'DELETE /channels/{}',
  'GET /channels/{}/messages',
  'POST /channels/{}/messages',
  'GET /channels/{}/messages/{}',
  'PATCH /channels/{}/messages/{}',
  'DELETE /channels/{}/messages/{}',
  'POST /channels/{}/messages/{}/ack',
  'POST /channels/{}/typing',
  'GET /users/@me/channels',
  'POST /users/@me/channels',
  'POST /servers/{}/invites',
  'GET /invites/{}',
  'POST /invites/{}',
  'DELETE /invites/{}',
];

describe('what Blueprint fixes', () => {
  it.each(ENTITIES)('%s has every field', (_, schema, fields) => {
    expect(Object.keys(schema.shape)).toEqual(expect.arrayContaining(fields.split(' ')));
  });

  it('the kinds of channels and messages', () => {
    expect(ChannelType.options).toEqual(expect.arrayContaining(['text', 'voice', 'dm', 'group_dm', 'thread']));
    expect(MessageType.options).toEqual(
      expect.arrayContaining(['default', 'reply', 'system_join', 'system_leave', 'channel_pinned']),
    );
  });

  it('the routes of what exists, each with its method', () => {
    const specs: CommandSpec[] = Object.values(COMMANDS);
    const served = specs.map((spec) => `${spec.method} ${spec.path.replaceAll(/\{\w+\}/g, '{}')}`);
    expect(served).toEqual(expect.arrayContaining(ROUTES));
  });

  it('[PERM1] the permission bits', () => {
    const places = Object.values(Permission).map((bit) => bit.toString(2).length - 1);
    expect(places).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 31]);
    expect(Object.keys(Permission)[0]).toBe('VIEW_CHANNEL');
    expect(Permission.MANAGE_ROLES).toBe(128n);
  });

  it('the opcodes', () => {
    const { REQUEST, RESPONSE, ...theirs } = Op;
    expect(Object.values(theirs)).toEqual([0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11]);
    expect([REQUEST, RESPONSE]).toEqual([12, 13]);
  });
});
