/** What the expectations of chat's operations ask about: what stands on the stage, and what is made anew to be used up. */
import type { Category, Channel, Role } from '@snug/protocol';
import { ok } from '../../src/index.ts';
import type { Params } from './answers.ts';
import { fresh } from './auth-expectations.ts';
import { bringIn, found, invite, type Stage, say } from './stage.ts';

export const theServer = ({ server }: Stage): Params => ({ server_id: server.id });
export const theChannel = ({ channel }: Stage): Params => ({ channel_id: channel.id });
export const theMessage = ({ channel, message }: Stage): Params => ({ channel_id: channel.id, message_id: message.id });

/** A server like the one of the stage, for commands that would use it up. */
export async function freshServer({ players }: Stage) {
  const { owner, member, author } = players;
  const server = await found(owner, fresh('Another stage'));
  await bringIn(owner, server.id, member, author);
  return server;
}

export async function freshInvite(stage: Stage): Promise<Params> {
  return { code: (await invite(stage.players.author, stage.server.id)).code };
}

export async function freshMessage({ players, channel }: Stage): Promise<Params> {
  return { channel_id: channel.id, message_id: (await say(players.author, channel.id, fresh('said'))).id };
}

export async function freshChannel({ players, server }: Stage): Promise<Params> {
  const path = `/api/v1/servers/${server.id}/channels`;
  return { channel_id: (await ok(players.owner.rest.post<Channel>(path, { name: fresh('room') }), 'channel')).id };
}

export async function freshRole({ players, server }: Stage): Promise<{ server_id: string; role_id: string }> {
  const path = `/api/v1/servers/${server.id}/roles`;
  const role = await ok(players.owner.rest.post<Role>(path, { name: fresh('role') }), 'role');
  return { server_id: server.id, role_id: role.id };
}

export async function freshCategory({ players, server }: Stage): Promise<{ category_id: string }> {
  const path = `/api/v1/servers/${server.id}/categories`;
  return {
    category_id: (await ok(players.owner.rest.post<Category>(path, { name: fresh('category') }), 'category')).id,
  };
}

/** Somebody who came into the server of the stage and whom nothing else needs. */
export async function freshMember(stage: Stage): Promise<{ server_id: string; user_id: string }> {
  const guest = await stage.account(fresh('guest'));
  await bringIn(stage.players.owner, stage.server.id, guest);
  return { server_id: stage.server.id, user_id: guest.id };
}

/** Of a server that the asked about are not all in yet. */
export async function freshDoor({ players }: Stage) {
  const server = await found(players.owner, fresh('A door'));
  return { server, code: (await invite(players.owner, server.id)).code };
}

export const hidden = 'UNKNOWN_SERVER';
export const unseen = 'UNKNOWN_CHANNEL';
export const missing = 'MISSING_PERMISSION';
