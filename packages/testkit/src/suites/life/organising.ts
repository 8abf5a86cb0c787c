import { DEFAULT_PERMISSIONS, formatPermissions, Permission } from '@snug/protocol';
import type { Doing, KnownServer, Memory } from './memory.ts';

/** What @everyone may do after `set_role`: with the view, without it, without sending, and with much more. */
const EVERYONE = [
  DEFAULT_PERMISSIONS,
  DEFAULT_PERMISSIONS,
  DEFAULT_PERMISSIONS & ~Permission.VIEW_CHANNEL,
  DEFAULT_PERMISSIONS & ~Permission.SEND_MESSAGES,
  DEFAULT_PERMISSIONS | Permission.MANAGE_CHANNELS | Permission.MANAGE_SERVER,
  DEFAULT_PERMISSIONS | Permission.MANAGE_MESSAGES | Permission.MENTION_EVERYONE,
].map(formatPermissions);

/** What roles are made with and changed to. */
const BITS = [
  0n,
  Permission.VIEW_CHANNEL,
  Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES | Permission.MENTION_EVERYONE,
  Permission.MANAGE_ROLES | Permission.MANAGE_CHANNELS | Permission.VIEW_CHANNEL,
  Permission.ADMINISTRATOR,
].map(formatPermissions);

/** What overrides give and take. */
const OVERRIDES = [
  { allow: Permission.VIEW_CHANNEL, deny: 0n },
  { allow: 0n, deny: Permission.VIEW_CHANNEL },
  { allow: Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES, deny: 0n },
  { allow: 0n, deny: Permission.SEND_MESSAGES },
].map(({ allow, deny }) => ({ allow: formatPermissions(allow), deny: formatPermissions(deny) }));

const inServer =
  (
    command: string,
    params: (life: Memory, server: KnownServer, a: number, b: number) => Record<string, unknown>,
  ): Doing =>
  async (life, who, a, b) => {
    const server = life.one(life.servers, a);
    if (server === undefined) return null;
    return life.perform(life.boss(server, who), command, { server_id: server.id, ...params(life, server, a, b) });
  };

const onChannel =
  (
    command: string,
    params: (life: Memory, server: KnownServer, a: number, b: number) => Record<string, unknown>,
  ): Doing =>
  async (life, who, a, b) => {
    const channel = life.channel(a, 'text', 'voice');
    const server = life.serverOf(channel);
    if (channel === undefined || server === undefined) return null;
    return life.perform(life.boss(server, who), command, { channel_id: channel.id, ...params(life, server, a, b) });
  };

/** A role (@everyone among them), or a person. */
function target(life: Memory, server: KnownServer, b: number): Record<string, unknown> {
  if (b % 3 === 0) return { target_type: 'member', target_id: life.person(b) };
  return { target_type: 'role', target_id: life.one([server.id, ...server.roles], b) };
}

export const channelDoings = {
  create_channel: async (life, who, a, b) => {
    const server = life.one(life.servers, a);
    const params = {
      server_id: server?.id,
      name: `channel-${life.count}`,
      ...(b % 4 === 0 && { type: 'voice' }),
      ...(b % 5 === 0 && { is_private: true }),
      ...(b % 2 === 0 && { category_id: life.one(server?.categories ?? [], b) ?? null }),
    };
    life.keepChannel(await life.perform(life.boss(server, who), 'channel.create', params));
  },
  rename_channel: onChannel('channel.update', (life, _server, _a, b) => ({
    name: `renamed-${life.count}`,
    position: b % 10,
  })),
  hide_channel: onChannel('channel.update', (_life, _server, _a, b) => ({ is_private: b % 2 === 0 })),
  move_channel: onChannel('channel.update', (life, server, _a, b) => ({
    category_id: b % 3 === 0 ? null : (life.one(server.categories, b) ?? null),
  })),
  archive_channel: onChannel('channel.update', (_life, _server, _a, b) => ({ is_archived: b % 3 === 0 })),
  reorder_channels: async (life, who, a, b) => {
    const server = life.one(life.servers, a);
    const own = life.channels.filter((one) => one.server_id === server?.id && one.type !== 'thread').slice(0, 4);
    const channels = own.map(({ id }, index) => ({ channel_id: id, position: (index + b) % 4 }));
    return life.perform(life.boss(server, who), 'channel.reorder', { server_id: server?.id, channels });
  },
  delete_channel: onChannel('channel.delete', () => ({})),
  override: onChannel('override.set', (life, server, _a, b) => ({
    ...target(life, server, b),
    ...life.one(OVERRIDES, b),
  })),
  remove_override: onChannel('override.delete', (life, server, _a, b) => ({
    target_id: target(life, server, b).target_id,
  })),
} satisfies Record<string, Doing>;

const onCategory =
  (command: string, params: (life: Memory, server: KnownServer, b: number) => Record<string, unknown>): Doing =>
  async (life, who, a, b) => {
    const server = life.one(life.servers, a);
    const category = life.one(server?.categories ?? [], b);
    if (server === undefined || category === undefined) return null;
    return life.perform(life.boss(server, who), command, { category_id: category, ...params(life, server, b) });
  };

export const categoryDoings = {
  create_category: async (life, who, a) => {
    const server = life.one(life.servers, a);
    const params = { server_id: server?.id, name: `category ${life.count}` };
    const made = (await life.perform(life.boss(server, who), 'category.create', params)) as { id: string } | null;
    if (made !== null) server?.categories.push(made.id);
  },
  rename_category: onCategory('category.update', (life) => ({ name: `part ${life.count}` })),
  reorder_categories: inServer('category.reorder', (_life, server) => ({
    category_ids: server.categories.toReversed(),
  })),
  delete_category: async (life, who, a, b) => {
    const server = life.one(life.servers, a);
    const category = life.one(server?.categories ?? [], b);
    if (server === undefined || category === undefined) return;
    const done = await life.perform(life.boss(server, who), 'category.delete', { category_id: category });
    if (done !== null) server.categories.splice(server.categories.indexOf(category), 1);
  },
  category_override: onCategory('category.set_override', (life, server, b) => ({
    ...target(life, server, b),
    ...life.one(OVERRIDES, b),
  })),
  remove_category_override: onCategory('category.delete_override', (life, server, b) => ({
    target_id: target(life, server, b).target_id,
  })),
} satisfies Record<string, Doing>;

export const roleDoings = {
  set_role: inServer('role.update', (life, server, _a, b) => ({
    role_id: server.id,
    permissions: life.one(EVERYONE, b),
  })),
  create_role: async (life, who, a, b) => {
    const server = life.one(life.servers, a);
    const params = {
      server_id: server?.id,
      name: `role ${life.count}`,
      permissions: life.one(BITS, b),
      is_mentionable: b % 2 === 0,
      color: b * 1000,
    };
    const made = (await life.perform(life.boss(server, who), 'role.create', params)) as { id: string } | null;
    if (made !== null) server?.roles.push(made.id);
  },
  update_role: inServer('role.update', (life, server, _a, b) => ({
    role_id: life.one(server.roles, b),
    ...(b % 2 === 0 ? { permissions: life.one(BITS, b) } : { name: `role ${life.count}`, color: b }),
  })),
  reorder_roles: inServer('role.reorder', (_life, server) => ({ role_ids: server.roles.toReversed() })),
  delete_role: async (life, who, a, b) => {
    const server = life.one(life.servers, a);
    const role = life.one(server?.roles ?? [], b);
    if (server === undefined || role === undefined) return;
    const done = await life.perform(life.boss(server, who), 'role.delete', { server_id: server.id, role_id: role });
    if (done !== null) server.roles.splice(server.roles.indexOf(role), 1);
  },
  give_role: inServer('member.add_role', (life, server, a, b) => ({
    user_id: life.person(a + b),
    role_id: life.one(server.roles, b),
  })),
  take_role: inServer('member.remove_role', (life, server, a, b) => ({
    user_id: life.person(a + b),
    role_id: life.one(server.roles, b),
  })),
} satisfies Record<string, Doing>;
