import type { EventBody, Id, Recipient } from '@snug/protocol';
import { dropChannel } from './fold-channels.ts';
import type { FoldContext } from './fold-context.ts';
import { dropReceipt } from './fold-receipts.ts';
import { learnUser } from './fold-users.ts';

/** Who comes in oneself gets the group by the CHANNEL_CREATE that goes with it. */
export function foldRecipientAdd(context: FoldContext, body: EventBody<'RECIPIENT_ADD'>): void {
  const { channel_id: channelId, user_id, role, joined_at, user } = body;
  learnUser(context, user);
  setPeople(context, channelId, (people) => [
    ...people.filter((one) => one.user_id !== user_id),
    { user_id, role, joined_at },
  ]);
}

export function foldRecipientUpdate(context: FoldContext, body: EventBody<'RECIPIENT_UPDATE'>): void {
  const { channel_id: channelId, user_id: userId, role, user } = body;
  if (user !== undefined) learnUser(context, user);
  if (role === undefined) return;
  setPeople(context, channelId, (people) => people.map((one) => (one.user_id === userId ? { ...one, role } : one)));
}

/** One's own removal ends the view, also where the derived CHANNEL_DELETE is still to come. */
export function foldRecipientRemove(context: FoldContext, body: EventBody<'RECIPIENT_REMOVE'>): void {
  const { channel_id: channelId, user_id: userId } = body;
  if (userId === context.draft.state.me?.id) {
    dropChannel(context, channelId);
    return;
  }
  setPeople(context, channelId, (people) => people.filter((one) => one.user_id !== userId));
  dropReceipt(context, channelId, userId);
  context.draft.removeIn('typing', channelId, userId);
}

/** The owner of a group is who has that role. */
function setPeople({ draft }: FoldContext, channelId: Id, change: (people: Recipient[]) => Recipient[]): void {
  const channel = draft.state.channels.get(channelId);
  if (channel?.recipients === undefined) return;
  const people = change(channel.recipients).sort((a, b) => (a.user_id < b.user_id ? -1 : 1));
  const owner = people.find(({ role }) => role === 'owner')?.user_id;
  const { owner_id: _before, ...rest } = channel;
  draft.put('channels', channelId, {
    ...rest,
    recipients: people,
    recipient_ids: people.map((one) => one.user_id),
    ...(owner !== undefined && { owner_id: owner }),
  });
}
