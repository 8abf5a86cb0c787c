import { type Id, Permission, type PermissionOverride, Refusal } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import type { Guard } from '../../log/envelope.ts';
import type { ChannelState, ServerState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { authorityInChannel, authorityOver, requireChannel } from '../access.ts';
import { withReason } from '../audit-note.ts';
import { givenOverride, requireHeldIn, requireMayTurn, requireOverrideTarget } from '../escalation.ts';
import { newOverride, requireTargetThere, withOverride, withoutOverride } from '../override-list.ts';
import { changed } from './update-channel.ts';

export const setOverride: HandlerOf<'override.set'> = {
  limit: 'write',
  decide: ({ world, params, actor, now }) => {
    const { state, server } = requireRuled(world, actor.userId, params.channel_id);
    requireTargetThere(server, params);
    requireOverrideTarget(actor.userId, server, params);
    const bits = givenOverride(params);
    requireMayTurn(actor.userId, state, state.overrides.get(params.target_id), bits);
    const override = newOverride(params, bits);
    const permission_overrides = withOverride(server, state.channel.permission_overrides, override);
    return {
      events: withReason(server.id, params.reason, changed(server, state, { permission_overrides }, now)),
      guards: authority(world, actor.userId, state, server, params),
      result: () => override,
    };
  },
};

export const deleteOverride: HandlerOf<'override.delete'> = {
  limit: 'write',
  decide: ({ world, params: { channel_id, target_id, reason }, actor, now }) => {
    const { state, server } = requireRuled(world, actor.userId, channel_id);
    const list = state.channel.permission_overrides;
    const found = list?.find((one) => one.target_id === target_id);
    if (found === undefined) throw new Refusal('UNKNOWN_OVERRIDE');
    requireOverrideTarget(actor.userId, server, found);
    requireMayTurn(actor.userId, state, state.overrides.get(target_id));
    const permission_overrides = withoutOverride(server, list, target_id);
    return {
      events: withReason(server.id, reason, changed(server, state, { permission_overrides }, now)),
      guards: authority(world, actor.userId, state, server, found),
      result: () => null,
    };
  },
};

/** A channel that has overrides: those of a server. A thread has its parent's, a conversation none. */
function requireRuled(world: World, userId: Id, channelId: Id): { state: ChannelState; server: ServerState } {
  const state = requireChannel(world, userId, channelId);
  const { server } = state;
  if (server === null || state.parent !== null) throw new Refusal('WRONG_CHANNEL_TYPE');
  requireHeldIn(userId, state, Permission.MANAGE_ROLES);
  return { state, server };
}

function authority(
  world: World,
  userId: Id,
  state: ChannelState,
  server: ServerState,
  { target_id, target_type }: Pick<PermissionOverride, 'target_id' | 'target_type'>,
): Guard[] {
  return [
    authorityInChannel(world, userId, state),
    ...(target_type === 'member' ? [authorityOver(world, userId, server.id, target_id)] : []),
    { kind: 'exists', key: 'channel', args: [state.channel.id], refusal: 'UNKNOWN_CHANNEL' },
  ];
}
