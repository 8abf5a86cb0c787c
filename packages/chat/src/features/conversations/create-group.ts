import { type Channel, type CommandParams, type CommandResult, type Id, Refusal } from '@snug/protocol';
import type { HandlerOf, WriteHandler } from '../../commands/handler.ts';
import { channelScope, type Guard, relationsKey } from '../../log/envelope.ts';
import type { World } from '../../world/world.ts';
import { mayAdd } from '../relationships/relationships.queries.ts';
import { acquaintance } from '../users/users.queries.ts';
import { roomForGroup } from './arrival.ts';
import { newConversation } from './new-conversation.ts';

type Params = CommandParams<'group.create'>;

/** Whoever starts a group owns it, and brings those who let themselves be added. */
const decideCreate: WriteHandler<Params, CommandResult<'group.create'>, undefined>['decide'] = ({
  world,
  params,
  actor,
  now,
  ids,
}) => {
  const others = invited(params, actor.userId);
  for (const id of others) requireAddable(world, actor.userId, id);
  const at = new Date(now).toISOString();
  const recipient_ids = [actor.userId, ...others].sort();
  const channel: Channel = newConversation({
    id: ids.next(),
    type: 'group_dm',
    name: params.name ?? '',
    topic: params.topic ?? '',
    recipient_ids,
    recipients: recipient_ids.map((user_id) => ({
      user_id,
      role: user_id === actor.userId ? 'owner' : 'member',
      joined_at: at,
    })),
    visibility: params.visibility ?? 'hidden',
    owner_id: actor.userId,
    at,
  });
  const consent: Guard = {
    kind: 'authority',
    keys: [actor.userId, ...others].map(relationsKey),
    position: world.tail,
  };
  return {
    events: [{ type: 'CHANNEL_CREATE', scope: channelScope(channel.id), subject: channel.id, body: channel }],
    guards: [consent, ...recipient_ids.map(roomForGroup)],
    result: () => channel,
  };
};

function invited({ recipient_ids }: Params, actorId: Id): Id[] {
  return [...new Set(recipient_ids)].filter((id) => id !== actorId);
}

function requireAddable(world: World, actorId: Id, userId: Id): void {
  const user = world.users.get(userId);
  if (user === undefined || acquaintance(world, actorId, user) === 'none') throw new Refusal('UNKNOWN_USER');
  if (!mayAdd(world, actorId, userId)) throw new Refusal('CANNOT_MESSAGE');
}

export const createGroup: HandlerOf<'group.create'> = {
  limit: 'contact',
  decide: decideCreate,
  replay: (event, params, world, actor) => {
    if (event.type !== 'CHANNEL_CREATE' || event.body.type !== 'group_dm') return null;
    const { id, name, recipient_ids } = event.body;
    const people = [actor.userId, ...invited(params, actor.userId)].sort();
    if (name !== (params.name ?? '') || recipient_ids?.join() !== people.join()) return null;
    // Somebody who left it since then learns no more than what they made.
    const state = world.channel(id);
    return state !== undefined && world.can(actor.userId, state, 0n) ? state.channel : event.body;
  },
};
