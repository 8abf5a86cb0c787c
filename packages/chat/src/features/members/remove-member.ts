import { Permission, Refusal } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { type NewEvent, serverScope } from '../../log/envelope.ts';
import { authorityOver, requireServer } from '../access.ts';
import { withReason } from '../audit-note.ts';
import { requireHeld, requireOutranked } from '../escalation.ts';
import { systemMessage } from '../system-message.ts';

/** Leaving, or removing somebody one outranks. The owner stays: a server has one (Blueprint). */
export const removeMember: HandlerOf<'member.remove'> = {
  limit: 'write',
  decide: ({ world, params: { server_id, user_id, reason }, actor, now, ids }) => {
    const server = requireServer(world, actor.userId, server_id);
    const isLeaving = actor.userId === user_id;
    if (isLeaving && user_id === server.ownerId) throw new Refusal('OWNER_CANNOT_LEAVE');
    if (!isLeaving) requireHeld(actor.userId, server, Permission.KICK_MEMBERS);
    if (!server.members.has(user_id)) throw new Refusal('UNKNOWN_MEMBER');
    if (!isLeaving) requireOutranked(actor.userId, server, user_id);
    const body = { user_id, server_id, removed_by: actor.userId };
    const act: NewEvent = { type: 'MEMBER_REMOVE', scope: serverScope(server_id), subject: user_id, body };
    const said = systemMessage({ world, ids, now }, server, 'system_leave', user_id);
    return {
      events: [...withReason(server_id, isLeaving ? undefined : reason, act), ...said.events],
      guards: [
        authorityOver(world, actor.userId, server_id, user_id),
        { kind: 'exists', key: 'member', args: [server_id, user_id], refusal: 'UNKNOWN_MEMBER' },
        ...said.guards,
      ],
      result: () => null,
    };
  },
};
