/** Who may do what: groups, the conversation list, receipts. The author owns the group, the partner is a member of it. */
import type { Channel, Invite } from '@snug/protocol';
import { ok } from '../../src/index.ts';
import { anyone, type Expectations, inConversation, inServer, type Params, signedIn } from './answers.ts';
import { missing, theChannel, theMessage, unseen } from './asking.ts';
import { fresh } from './auth-expectations.ts';
import type { Player, Stage } from './stage.ts';

const wrong = 'WRONG_CHANNEL_TYPE';
const what = 'of a group';

type Group = { readonly channel_id: string };
const known = new WeakMap<Stage, Map<string, Promise<Group>>>();

async function makeGroup({ players }: Stage, more: Params): Promise<Group> {
  const { author, partner } = players;
  const asked = { name: fresh('group'), recipient_ids: [partner.id], ...more };
  return { channel_id: (await ok(author.rest.post<Channel>('/api/v1/users/@me/groups', asked), 'group')).id };
}

/** A new one for its people, who use it up; one of that use for all the others, for nobody is in too many groups. */
function groupFor(use: string, more: Params = {}): (stage: Stage, player: Player) => Promise<Group> {
  return (stage, { standing }) => {
    if (standing === 'author' || standing === 'partner') return makeGroup(stage, more);
    const made = known.get(stage) ?? new Map<string, Promise<Group>>();
    known.set(stage, made);
    const group = made.get(use) ?? makeGroup(stage, more);
    made.set(use, group);
    return group;
  };
}

const hidden = groupFor('read');
const open = groupFor('read, open', { visibility: 'discoverable' });
const door = groupFor('joined', { visibility: 'discoverable' });

/** A group and somebody: the partner, the author, or somebody new. */
function withSomebody(use: string, who: 'partner' | 'author' | 'guest', more: Params = {}) {
  const group = groupFor(use);
  return async (stage: Stage, player: Player): Promise<Params> => {
    const user = who === 'guest' ? await stage.account(fresh('guest')) : stage.players[who];
    return { ...(await group(stage, player)), user_id: user.id, ...more };
  };
}

async function withBanned(stage: Stage, player: Player): Promise<Params> {
  const asked = await withSomebody('unbanned', 'guest')(stage, player);
  const path = `/api/v1/channels/${asked.channel_id}/bans/${asked.user_id}`;
  await ok(stage.players.author.rest.put(path, {}), 'ban');
  return asked;
}

async function freshLink(stage: Stage, player: Player): Promise<Params> {
  const { channel_id } = await groupFor('linked')(stage, player);
  const path = `/api/v1/channels/${channel_id}/invites`;
  return { code: (await ok(stage.players.author.rest.post<Invite>(path, {}), 'link')).code };
}

/** Of a group that nobody joins, so that the link stays hidden. */
async function hiddenLink(stage: Stage, player: Player): Promise<Params> {
  const { channel_id } = await groupFor('linked in vain')(stage, player);
  const path = `/api/v1/channels/${channel_id}/invites`;
  return { code: (await ok(stage.players.author.rest.post<Invite>(path, {}), 'link')).code };
}

const theDm = ({ dm }: Stage): Params => ({ channel_id: dm.id });

export const GROUP_EXPECTATIONS: Expectations = {
  'conversation.list': [{ ask: () => ({}), answers: signedIn(200) }],
  'group.create': [
    { ask: () => ({ name: fresh('group'), recipient_ids: [] }), answers: signedIn(201) },
    {
      what: 'with the author, who lets anybody add them',
      ask: ({ players }) => ({ name: fresh('group'), recipient_ids: [players.author.id] }),
      answers: signedIn(201),
    },
  ],
  'group.discover': [{ ask: () => ({}), answers: signedIn(200) }],
  'group.join': [
    { ask: hidden, answers: inConversation(200, 200) },
    { what: 'that is discoverable', ask: door, answers: signedIn(200) },
    { what: 'that is no group', ask: theChannel, answers: signedIn(unseen) },
  ],
  'group.recipients': [
    { ask: hidden, answers: inConversation(200, 200) },
    { what: 'of a DM', ask: theDm, answers: inConversation(200, 200) },
    { what: 'of a channel', ask: theChannel, answers: inServer(unseen, wrong, wrong, wrong) },
  ],
  'group.add': [{ ask: withSomebody('added to', 'guest'), answers: inConversation(200, 200) }],
  'group.set_role': [{ ask: withSomebody('roles', 'partner', { role: 'mod' }), answers: inConversation(200, missing) }],
  'group.remove': [
    { what: 'the partner', ask: withSomebody('left', 'partner'), answers: inConversation(204, 204) },
    { what: 'the author', ask: withSomebody('left', 'author'), answers: inConversation(204, missing) },
  ],
  'group.ban': [{ ask: withSomebody('banned from', 'partner'), answers: inConversation(204, missing) }],
  'group.unban': [{ ask: withBanned, answers: inConversation(204, missing) }],
  'group.bans': [{ ask: hidden, answers: inConversation(200, missing) }],
  'group.create_invite': [{ ask: hidden, answers: inConversation(201, 201) }],
  'group.invites': [{ ask: hidden, answers: inConversation(200, missing) }],
  'invite.get': [{ what, ask: freshLink, answers: anyone(200) }],
  'invite.accept': [{ what, ask: freshLink, answers: signedIn(200) }],
  'invite.delete': [
    { what, ask: hiddenLink, answers: { ...signedIn('INVITE_INVALID'), author: 204, partner: missing } },
  ],
  'channel.get': [{ what, ask: open, answers: inConversation(200, 200) }],
  'channel.update': [
    {
      what,
      ask: async (stage, player) => ({ ...(await hidden(stage, player)), name: 'ours' }),
      answers: inConversation(200, missing),
    },
  ],
  'channel.delete': [{ what, ask: hidden, answers: inConversation(204, missing) }],
  'message.list': [{ what: 'of a discoverable group', ask: open, answers: inConversation(200, 200) }],
  'message.send': [
    {
      what: 'in a discoverable group',
      ask: async (stage, player) => ({ ...(await open(stage, player)), content: fresh('said') }),
      answers: inConversation(201, 201),
    },
  ],
  'receipt.list': [
    { ask: theDm, answers: inConversation(200, 200) },
    { what: 'of a channel', ask: theChannel, answers: inServer(unseen, wrong, wrong, wrong) },
  ],
  'receipt.of_message': [
    { ask: (stage) => ({ ...theDm(stage), message_id: stage.dmMessage.id }), answers: inConversation(200, 200) },
    { what: 'of a channel', ask: theMessage, answers: inServer(unseen, wrong, wrong, wrong) },
  ],
};
