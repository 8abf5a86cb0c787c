import { z } from 'zod';
import { Category } from './categories.ts';
import { Channel } from './channels.ts';
import { defineCommand, NoParams, Nothing } from './command.ts';
import { Limit, listOf, Nonce, name, Reason, Time, text, WebUrl } from './fields.ts';
import { Id } from './ids.ts';
import { LIMITS } from './limits.ts';
import { Member } from './members.ts';
import { Role } from './roles.ts';

/** Blueprint "Server (Workspace)". */
export const Server = z
  .object({
    id: Id,
    name: z.string(),
    description: z.string(),
    icon_url: z.string(),
    owner_id: Id,
    is_public: z.boolean(),
    invite_code: z
      .string()
      .meta({ description: "Empty: invite links are bearer secrets and live in the server's invites (E2)" }),
    member_count: z.int(),
    system_channel_id: Id.nullable().meta({ description: 'Where comings and goings are said' }),
    created_at: Time,
    updated_at: Time,
  })
  .meta({ id: 'Server' });
export type Server = z.infer<typeof Server>;

/** A server as its member meets it: in READY and in the SERVER_CREATE that a join brings. */
export const ServerSnapshot = Server.extend({
  categories: z.array(Category),
  channels: z.array(Channel).meta({ description: 'Those the reader can see; of threads those that are not archived' }),
  roles: z.array(Role),
  member: Member.nullable().meta({ description: "The reader's own membership" }),
}).meta({ id: 'ServerSnapshot' });
export type ServerSnapshot = z.infer<typeof ServerSnapshot>;

/** A public server, as those see it who are not in it (Blueprint "Server discovery"). */
export const PublicServer = Server.pick({
  id: true,
  name: true,
  description: true,
  icon_url: true,
  member_count: true,
  created_at: true,
}).meta({ id: 'PublicServer' });
export type PublicServer = z.infer<typeof PublicServer>;

export const serverCommands = {
  'server.list': defineCommand({
    method: 'GET',
    path: '/servers',
    summary: 'The servers you are in',
    params: NoParams,
    result: listOf(Server),
    mission: 'Blueprint, Servers',
  }),
  'server.create': defineCommand({
    method: 'POST',
    path: '/servers',
    summary: 'Create a server with a first channel',
    params: z.object({
      name: name(LIMITS.SERVER_NAME_MAX),
      description: text(LIMITS.SERVER_DESCRIPTION_MAX).optional(),
      icon_url: WebUrl.optional(),
      nonce: Nonce.optional(),
    }),
    result: ServerSnapshot,
    status: 201,
    nonce: true,
    mission: 'Blueprint, Servers',
    refusals: ['NOT_AN_ADMIN', 'LIMIT_REACHED', 'NONCE_REUSED'],
  }),
  'server.get': defineCommand({
    method: 'GET',
    path: '/servers/{server_id}',
    summary: 'One server',
    params: z.object({ server_id: Id }),
    result: Server,
    mission: 'Blueprint, Servers',
    refusals: ['UNKNOWN_SERVER'],
  }),
  'server.update': defineCommand({
    method: 'PATCH',
    path: '/servers/{server_id}',
    summary: 'Change name, description, icon, whether it is public, or where comings are said (Manage Server)',
    params: z.object({
      server_id: Id,
      name: name(LIMITS.SERVER_NAME_MAX).optional(),
      description: text(LIMITS.SERVER_DESCRIPTION_MAX).optional(),
      icon_url: WebUrl.optional(),
      is_public: z.boolean().optional(),
      system_channel_id: Id.nullable().optional(),
      reason: Reason.optional(),
    }),
    result: Server,
    mission: 'Blueprint, Servers',
    refusals: ['UNKNOWN_SERVER', 'UNKNOWN_CHANNEL', 'MISSING_PERMISSION'],
  }),
  'server.delete': defineCommand({
    method: 'DELETE',
    path: '/servers/{server_id}',
    summary: 'Delete a server and what was said in it (owner)',
    params: z.object({ server_id: Id }),
    result: Nothing,
    status: 204,
    mission: 'Blueprint, Servers; E17',
    refusals: ['UNKNOWN_SERVER', 'NOT_THE_OWNER'],
  }),
  'server.transfer': defineCommand({
    method: 'POST',
    path: '/servers/{server_id}/transfer',
    summary: 'Hand a server over to one of its members (owner)',
    params: z.object({ server_id: Id, user_id: Id }),
    result: Server,
    mission: 'Blueprint, Servers: owner',
    refusals: ['UNKNOWN_SERVER', 'UNKNOWN_MEMBER', 'NOT_THE_OWNER'],
  }),
  'server.discover': defineCommand({
    method: 'GET',
    path: '/discovery/servers',
    summary: 'Public servers of this instance, by name or description',
    params: z.object({ query: text(LIMITS.SERVER_NAME_MAX).optional(), after: Id.optional(), limit: Limit }),
    result: listOf(PublicServer),
    caller: 'anyone',
    mission: 'Blueprint, Server discovery',
  }),
};
