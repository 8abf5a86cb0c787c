import { can, type Id, Permission, Refusal } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { channelScope, type Guard, type NewEvent } from '../../log/envelope.ts';
import { channelPermissions } from '../../world/permissions.ts';
import type { ChannelState } from '../../world/state.ts';
import { authorityInChannel, requireChannel, requireChannelPermission } from '../access.ts';
import { withReason } from '../audit-note.ts';
import { messageQueries, type StoredMessage } from './messages.queries.ts';

/** The log erases what the message said as it appends this event (E25). */
export const deleteMessage: HandlerOf<'message.delete'> = {
  limit: 'write',
  load: async ({ channel_id, message_id }, { actor }, { world, log }) => {
    requireChannel(world, actor.userId, channel_id);
    return (await log.read({ found: messageQueries.one(channel_id, message_id) })).value.found;
  },
  decide: ({ world, params, actor, loaded }) => {
    const state = requireChannel(world, actor.userId, params.channel_id);
    const found = loaded as StoredMessage | null;
    if (found === null) throw new Refusal('UNKNOWN_MESSAGE');
    const { id, channel_id, author_id } = found.message;
    const isOwn = author_id === actor.userId;
    if (!isOwn && !can(channelPermissions(actor.userId, state), Permission.MANAGE_MESSAGES))
      throw new Refusal('MISSING_PERMISSION');
    const { parent_id, server_id } = state.channel;
    const body = {
      id,
      channel_id,
      ...(parent_id === undefined ? {} : { parent_id }),
      // What a moderator did is for the audit log; what one takes back oneself is not.
      ...(isOwn || server_id === undefined ? {} : { server_id }),
      ...(isOwn ? {} : { author_id }),
    };
    return {
      events: explained(state, isOwn ? undefined : params.reason, {
        type: 'MESSAGE_DELETE',
        scope: channelScope(channel_id),
        subject: id,
        body,
      }),
      guards: [authorityInChannel(world, actor.userId, state), isStillThere(channel_id, id, 'UNKNOWN_MESSAGE')],
      result: () => null,
    };
  },
};

/** Those that are there, in one event; what somebody else deletes meanwhile is left out (MSG18). */
export const deleteMessages: HandlerOf<'message.bulk_delete'> = {
  limit: 'write',
  load: async ({ channel_id, message_ids }, { actor }, { world, log }): Promise<Id[]> => {
    requireChannel(world, actor.userId, channel_id);
    const { value } = await log.read({ found: messageQueries.idsThere(channel_id, message_ids) });
    return value.found;
  },
  decide: ({ world, params, actor, loaded }) => {
    const state = requireChannelPermission(world, actor.userId, params.channel_id, Permission.MANAGE_MESSAGES);
    const ids = loaded as Id[];
    if (ids.length === 0) return { answer: { deleted: [] } };
    const { id: channel_id, parent_id, server_id } = state.channel;
    const body = {
      channel_id,
      ids,
      cause: 'moderator' as const,
      ...(parent_id === undefined ? {} : { parent_id }),
      ...(server_id === undefined ? {} : { server_id }),
    };
    return {
      events: explained(state, params.reason, {
        type: 'MESSAGE_DELETE_BULK',
        scope: channelScope(channel_id),
        subject: channel_id,
        body,
      }),
      guards: [
        authorityInChannel(world, actor.userId, state),
        ...ids.map((id) => isStillThere(channel_id, id, 'STALE')),
      ],
      result: () => ({ deleted: ids }),
    };
  },
};

function explained({ channel }: ChannelState, reason: string | undefined, act: NewEvent): NewEvent[] {
  return channel.server_id === undefined ? [act] : withReason(channel.server_id, reason, act);
}

/** STALE decides again. */
function isStillThere(channelId: Id, id: Id, refusal: string): Guard {
  return { kind: 'exists', key: 'message', args: [channelId, id], refusal };
}
