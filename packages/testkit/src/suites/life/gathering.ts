import type { Doing, KnownServer, Memory } from './memory.ts';

export async function createServer(life: Memory, who: number): Promise<void> {
  const server = (await life.perform(who, 'server.create', { name: `server ${life.count}` })) as {
    id: string;
    channels: { id: string; type: string; server_id: string }[];
    roles: { id: string; is_default: boolean }[];
  } | null;
  if (server === null) return;
  const invite = (await life.perform(who, 'invite.create', { server_id: server.id })) as { code: string } | null;
  // Their connection was lost in between: nobody will ever meet there.
  if (invite === null) return;
  const roles = server.roles.filter((role) => !role.is_default).map(({ id }) => id);
  life.servers.push({ id: server.id, owner: who, invite: invite.code, roles, categories: [] });
  for (const channel of server.channels) life.keepChannel(channel);
}

export async function join(life: Memory, who: number, a: number): Promise<void> {
  const server = life.one(life.servers, a);
  if (server !== undefined) await life.perform(who, 'invite.accept', { code: server.invite });
}

const onMember =
  (command: string, more: (life: Memory, server: KnownServer, b: number) => Record<string, unknown>): Doing =>
  async (life, who, a, b) => {
    const server = life.one(life.servers, a);
    if (server === undefined) return null;
    const params = { server_id: server.id, user_id: life.person(b), ...more(life, server, b) };
    return life.perform(life.boss(server, who), command, params);
  };

const HOUR = 3_600_000;

export const serverDoings = {
  create_server: (life, who) => createServer(life, who),
  rename_server: (life, who, a, b) => {
    const server = life.one(life.servers, a);
    const params = { name: `place ${life.count}`, is_public: b % 2 === 0 };
    return life.perform(life.boss(server, who), 'server.update', { server_id: server?.id, ...params });
  },
  system_channel: (life, who, a, b) => {
    const server = life.one(life.servers, a);
    const own = life.channels.filter(({ server_id, type }) => server_id === server?.id && type === 'text');
    const system_channel_id = b % 3 === 0 ? null : (life.one(own, b)?.id ?? null);
    return life.perform(life.boss(server, who), 'server.update', { server_id: server?.id, system_channel_id });
  },
  /** The first stays, so that people keep meeting. */
  delete_server: async (life, _who, a) => {
    const server = life.one(life.servers.slice(1), a);
    if (server !== undefined) await life.perform(server.owner, 'server.delete', { server_id: server.id });
  },
  transfer: async (life, _who, a, b) => {
    const server = life.one(life.servers, a);
    if (server === undefined) return;
    const heir = b % life.people.length;
    const params = { server_id: server.id, user_id: life.people[heir] };
    if ((await life.perform(server.owner, 'server.transfer', params)) !== null) server.owner = heir;
  },
  join: (life, who, a) => join(life, who, a),
  leave: (life, who, a) => {
    const server = life.one(life.servers, a);
    return life.perform(who, 'member.remove', { server_id: server?.id, user_id: life.people[who] });
  },
  kick: onMember('member.remove', () => ({})),
  ban: onMember('ban.create', (_life, _server, b) => (b % 2 === 0 ? { delete_message_seconds: 3600 } : {})),
  unban: onMember('ban.delete', () => ({})),
  timeout: onMember('member.update', (_life, _server, b) => ({
    timed_out_until: b % 3 === 0 ? null : new Date(Date.now() + HOUR).toISOString(),
  })),
  nickname: onMember('member.update', (life) => ({ nickname: `nick ${life.count}` })),
  mute: onMember('member.update', (_life, _server, b) => ({ is_muted: b % 2 === 0 })),
} satisfies Record<string, Doing>;

const inThread =
  (command: string, more: (life: Memory, b: number) => Record<string, unknown> = () => ({})): Doing =>
  async (life, who, a, b) => {
    const thread = life.channel(a, 'thread');
    if (thread === undefined) return null;
    return life.perform(who, command, { channel_id: thread.id, ...more(life, b) });
  };

export const threadDoings = {
  start_thread: async (life, who, a, b) => {
    const message = life.one(life.messages, a);
    const channelId = b % 2 === 0 ? life.channel(a, 'text')?.id : message?.channel_id;
    const params = {
      channel_id: channelId,
      name: `thread ${life.count}`,
      ...(b % 2 === 1 && { message_id: message?.id }),
      ...(b % 3 === 0 && { content: `first of ${life.count}` }),
    };
    life.keepChannel(await life.perform(who, 'thread.create', params));
  },
  follow: inThread('thread.follow'),
  unfollow: inThread('thread.unfollow'),
  archive_thread: inThread('channel.update', (_life, b) => ({ is_archived: b % 3 !== 0 })),
  rename_thread: inThread('channel.update', (life) => ({ name: `thread ${life.count}` })),
  delete_thread: async (life, who, a) => {
    const thread = life.channel(a, 'thread');
    if (thread === undefined) return null;
    return life.perform(life.boss(life.serverOf(thread), who), 'channel.delete', { channel_id: thread.id });
  },
} satisfies Record<string, Doing>;

const inGroup =
  (command: string, more: (life: Memory, b: number) => Record<string, unknown> = () => ({})): Doing =>
  async (life, who, a, b) => {
    const group = life.channel(a, 'group_dm');
    return group === undefined ? null : life.perform(who, command, { channel_id: group.id, ...more(life, b) });
  };
const person = (life: Memory, b: number) => ({ user_id: life.person(b) });
const ROLES = ['member', 'mod', 'admin', 'owner'];

export const conversationDoings = {
  open_dm: async (life, who, a) => {
    life.keepChannel(await life.perform(who, 'dm.open', { recipient_id: life.person(a) }));
  },
  create_group: async (life, who, a, b) => {
    const params = {
      name: `group ${life.count}`,
      recipient_ids: [...new Set([life.person(a), life.person(b)])].filter((id) => id !== life.people[who]),
      visibility: b % 2 === 0 ? 'discoverable' : 'hidden',
    };
    life.keepChannel(await life.perform(who, 'group.create', params));
  },
  group_add: inGroup('group.add', person),
  group_remove: inGroup('group.remove', person),
  group_leave: async (life, who, a) => {
    const group = life.channel(a, 'group_dm');
    return life.perform(who, 'group.remove', { channel_id: group?.id, user_id: life.people[who] });
  },
  group_ban: inGroup('group.ban', person),
  group_unban: inGroup('group.unban', person),
  group_role: inGroup('group.set_role', (life, b) => ({ ...person(life, b), role: life.one(ROLES, b) })),
  group_join: inGroup('group.join'),
  rename_group: inGroup('channel.update', (life) => ({ name: `group ${life.count}` })),
  group_link: async (life, who, a) => {
    const group = life.channel(a, 'group_dm');
    const made = await life.perform(who, 'group.create_invite', { channel_id: group?.id });
    if (made !== null) life.links.push((made as { code: string }).code);
  },
  follow_link: (life, who, a) => life.perform(who, 'invite.accept', { code: life.one(life.links, a) }),
} satisfies Record<string, Doing>;
