import { z } from 'zod';
import { Channel } from './channels.ts';
import { defineCommand, NoParams, Nothing } from './command.ts';
import { listOf, Nonce, name, Time, text, WebUrl } from './fields.ts';
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
    created_at: Time,
    updated_at: Time,
  })
  .meta({ id: 'Server' });
export type Server = z.infer<typeof Server>;

/** A server as its member meets it: in READY and in the SERVER_CREATE that a join brings. */
export const ServerSnapshot = Server.extend({
  channels: z.array(Channel).meta({ description: 'Those the reader can see' }),
  roles: z.array(Role),
  member: Member.nullable().meta({ description: "The reader's own membership" }),
}).meta({ id: 'ServerSnapshot' });
export type ServerSnapshot = z.infer<typeof ServerSnapshot>;

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
    summary: 'Change name, description or icon (Manage Server)',
    params: z.object({
      server_id: Id,
      name: name(LIMITS.SERVER_NAME_MAX).optional(),
      description: text(LIMITS.SERVER_DESCRIPTION_MAX).optional(),
      icon_url: WebUrl.optional(),
    }),
    result: Server,
    mission: 'Blueprint, Servers',
    refusals: ['UNKNOWN_SERVER', 'MISSING_PERMISSION'],
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
};
