/** Links into a group. Unlike a server's they open no registration: they are for people who have an account here. */
import { type Channel, can, type Invite, type InvitePreview, LIMITS, Permission, Refusal } from '@snug/protocol';
import type { Answered, Decide, Decided, HandlerOf } from '../../commands/handler.ts';
import { channelScope } from '../../log/envelope.ts';
import { channelPermissions } from '../../world/permissions.ts';
import type { ChannelState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { authorityInChannel } from '../access.ts';
import { arrival } from './arrival.ts';
import { conversationQueries } from './conversation-rows.ts';
import { requireGroup } from './group-access.ts';

const DEFAULT_AGE = 7 * 24 * 3600;
const CODE_BYTES = 12;

export const createGroupInvite: HandlerOf<'group.create_invite'> = {
  limit: 'invite',
  load: async (_params, _context, { randomCode }) => randomCode(CODE_BYTES),
  decide: ({ world, params, actor, now, loaded }) => {
    const state = requireGroup(world, actor.userId, params.channel_id, Permission.CREATE_INVITE);
    const { id } = state.channel;
    const age = params.max_age ?? DEFAULT_AGE;
    const invite: Invite = {
      code: loaded as string,
      channel_id: id,
      created_by: actor.userId,
      max_uses: params.max_uses ?? 0,
      uses: 0,
      expires_at: age === 0 ? null : new Date(now + age * 1000).toISOString(),
      note: '',
      created_at: new Date(now).toISOString(),
    };
    return {
      events: [{ type: 'GROUP_INVITE_CREATE', scope: channelScope(id), subject: id, body: invite }],
      guards: [
        authorityInChannel(world, actor.userId, state),
        { kind: 'exists', key: 'channel', args: [id], refusal: 'UNKNOWN_CHANNEL' },
        { kind: 'unique', key: 'invite', args: [invite.code], refusal: 'STALE' },
        {
          kind: 'count_below',
          key: 'invites_of_group',
          args: [id],
          below: LIMITS.INVITES_PER_SERVER,
          refusal: 'LIMIT_REACHED',
        },
      ],
      result: () => invite,
    };
  },
};

/** Those that still work, newest first. */
export const listGroupInvites: HandlerOf<'group.invites'> = {
  limit: 'read',
  query: async ({ channel_id, after, limit }, { actor, now }, { world, log }) => {
    requireGroup(world, actor.userId, channel_id, Permission.MANAGE_CHANNELS);
    const size = limit ?? LIMITS.PAGE_DEFAULT;
    const { value, position } = await log.read({
      live: conversationQueries.liveInvites(channel_id, now, after ?? null, size + 1),
    });
    requireGroup(world, actor.userId, channel_id, Permission.MANAGE_CHANNELS);
    return { result: { items: value.live.slice(0, size), has_more: value.live.length > size }, position };
  },
};

/** The group a link leads to; undefined where it leads into a server, or nowhere any more. */
export function groupOf(world: World, invite: Invite): ChannelState | undefined {
  return invite.channel_id === undefined ? undefined : world.channel(invite.channel_id);
}

/** What a link tells whoever holds it. */
export function groupPreview({ channel, recipients }: ChannelState): NonNullable<InvitePreview['group']> {
  return { id: channel.id, name: channel.name, member_count: recipients.length };
}

/** Accepting twice is no error, and uses nothing up: the group is the answer. The caller has seen that the link lives. */
export function joinByLink(
  { world, actor, now }: Decide<object, unknown>,
  invite: Invite,
  state: ChannelState,
): Decided<Channel> | Answered<Channel> {
  const { id } = state.channel;
  if (state.recipients.includes(actor.userId)) return { answer: state.channel };
  if (state.groupBans?.has(actor.userId) === true) throw new Refusal('BANNED');
  const user = world.users.get(actor.userId);
  if (user === undefined) throw new Refusal('INVITE_INVALID');
  const { event, guards } = arrival(world, state, user, invite.created_by, now);
  const used = { code: invite.code, channel_id: id, used_by: actor.userId };
  return {
    events: [{ type: 'GROUP_INVITE_USE', scope: channelScope(id), subject: id, body: used }, event],
    guards: [{ kind: 'uses_left', code: invite.code, now, refusal: 'INVITE_INVALID' }, ...guards],
    result: () => state.channel,
  };
}

/** Its maker, or an admin. Who is not in the group cannot tell that the link is there. */
export function revokeLink(
  { world, actor }: Decide<object, unknown>,
  invite: Invite,
  state: ChannelState,
): Decided<null> {
  const { id } = state.channel;
  if (!state.recipients.includes(actor.userId)) throw new Refusal('INVITE_INVALID');
  const mayRevoke =
    invite.created_by === actor.userId || can(channelPermissions(actor.userId, state), Permission.MANAGE_CHANNELS);
  if (!mayRevoke) throw new Refusal('MISSING_PERMISSION');
  const body = { code: invite.code, channel_id: id };
  return {
    events: [{ type: 'GROUP_INVITE_DELETE', scope: channelScope(id), subject: id, body }],
    guards: [
      authorityInChannel(world, actor.userId, state),
      { kind: 'exists', key: 'invite', args: [invite.code], refusal: 'INVITE_INVALID' },
    ],
    result: () => null,
  };
}
