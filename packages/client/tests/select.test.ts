import { type Channel, formatPermissions, Permission } from '@snug/protocol';
import { beforeEach, expect, test } from 'vitest';
import { select } from '../src/index.ts';
import { foldReceipt } from '../src/store/fold-receipts.ts';
import { ANNA, AT, CHANNEL, channel, DM, dm, id, ME, member, message, role, SERVER, user } from './fixtures.ts';
import { TestStore } from './test-store.ts';

const MOD = id(40);
const CATEGORY = id(45);
const FUTURE = '2999-01-01T00:00:00.000Z';
let one: TestStore;

beforeEach(() => {
  one = new TestStore();
});

const bits = (...names: (keyof typeof Permission)[]): string =>
  formatPermissions(names.reduce((all, name) => all | Permission[name], 0n));
const over = (target_id: string, allow: string, deny: string) => ({
  ...{ target_type: target_id === ME ? 'member' : 'role', target_id, allow, deny },
});
const inChannel = (overrides: object[], more: object = {}): void =>
  one.fold('CHANNEL_UPDATE', { id: CHANNEL, server_id: SERVER, permission_overrides: overrides, ...more });

test('[PERM21] a channel allows what roles, its category and its own overrides leave, as on the server', () => {
  one.fold(
    'ROLE_CREATE',
    role(SERVER, { id: MOD, is_default: false, position: 2, permissions: bits('MANAGE_MESSAGES') }),
  );
  one.fold('MEMBER_UPDATE', { user_id: ME, server_id: SERVER, role_ids: [MOD] });
  expect(select.canManageMessages(one.state, CHANNEL)).toBe(true);
  inChannel([over(SERVER, '0', bits('SEND_MESSAGES'))]);
  expect([select.canSend(one.state, CHANNEL), select.canPin(one.state, CHANNEL)]).toEqual([false, true]);
  inChannel([over(SERVER, '0', bits('SEND_MESSAGES')), over(MOD, bits('SEND_MESSAGES'), '0')]);
  expect(select.canSend(one.state, CHANNEL)).toBe(true);
  const category = { id: CATEGORY, server_id: SERVER, name: 'Upstairs', position: 0, created_at: AT };
  one.fold('CATEGORY_CREATE', { ...category, permission_overrides: [over(ME, '0', bits('SEND_MESSAGES'))] });
  one.fold('CHANNEL_UPDATE', { id: CHANNEL, server_id: SERVER, category_id: CATEGORY });
  expect(select.canSend(one.state, CHANNEL)).toBe(false);
  one.fold('CATEGORY_DELETE', { id: CATEGORY, server_id: SERVER });
  expect([select.canSend(one.state, CHANNEL), one.state.channels.get(CHANNEL)?.category_id]).toEqual([true, null]);
  one.fold('ROLE_DELETE', { id: MOD, server_id: SERVER });
  expect(one.state.members.get(SERVER)?.get(ME)?.role_ids).toEqual([]);
  expect([select.canSend(one.state, CHANNEL), select.canManageMessages(one.state, CHANNEL)]).toEqual([false, false]);
});

test('[PERM21] private channels, timeouts and archives take away what roles give', () => {
  expect(select.canSend(one.state, CHANNEL)).toBe(true);
  inChannel([], { is_private: true });
  expect(select.channelPermissions(one.state, CHANNEL)).toBe(0n);
  inChannel([over(ME, bits('VIEW_CHANNEL'), '0')]);
  expect(select.canSend(one.state, CHANNEL)).toBe(true);
  one.fold('MEMBER_UPDATE', { user_id: ME, server_id: SERVER, timed_out_until: FUTURE });
  expect(select.channelPermissions(one.state, CHANNEL)).toBe(Permission.VIEW_CHANNEL);
  one.fold('MEMBER_UPDATE', { user_id: ME, server_id: SERVER, timed_out_until: null });
  one.fold('CHANNEL_UPDATE', { id: CHANNEL, server_id: SERVER, is_archived: true });
  expect([select.canSend(one.state, CHANNEL), select.canReact(one.state, CHANNEL)]).toEqual([false, false]);
});

test('[PERM15] rank is the highest role; the owner stands above all; colour is the highest that has one', () => {
  const high = role(SERVER, { id: MOD, is_default: false, position: 2, color: 0 });
  const low = role(SERVER, { id: id(41), is_default: false, position: 1, color: 0xff0000 });
  one.fold('ROLE_CREATE', high);
  one.fold('ROLE_CREATE', low);
  one.fold('MEMBER_UPDATE', { user_id: ME, server_id: SERVER, role_ids: [MOD, low.id] });
  expect(select.rank(one.state, SERVER, ME)).toEqual({ isOwner: false, position: 2 });
  expect(select.memberColor(one.state, SERVER, ME)).toBe(0xff0000);
  expect(select.outranksMember(one.state, SERVER, ANNA)).toBe(false);
  expect(select.outranksMember(one.state, SERVER, id(99))).toBe(true);
  expect([select.outranksRole(one.state, low), select.outranksRole(one.state, high)]).toEqual([true, false]);
  one.fold('SERVER_UPDATE', { id: SERVER, owner_id: ME });
  expect(select.outranksMember(one.state, SERVER, ANNA)).toBe(true);
});

test('a layout shows loose channels first, then categories in order, and empty ones to those who may fill them', () => {
  const category = (n: number, position: number) => ({
    ...{ id: id(n), server_id: SERVER, name: `c${n}`, position, permission_overrides: [], created_at: AT },
  });
  one.fold('CATEGORY_CREATE', category(46, 1));
  one.fold('CATEGORY_CREATE', category(45, 0));
  one.fold('CHANNEL_CREATE', channel(id(60), { category_id: id(46), position: 1 }));
  one.fold('CHANNEL_CREATE', channel(id(61), { category_id: id(46), position: 0, type: 'voice' }));
  const layout = () =>
    select.serverLayout(one.state, SERVER).map((part) => [part.category?.name, part.channels.map((found) => found.id)]);
  const filled = ['c46', [id(61), id(60)]];
  expect(layout()).toEqual([[undefined, [CHANNEL]], filled]);
  expect(select.serverLayout(one.state, SERVER)).toBe(select.serverLayout(one.state, SERVER));
  one.fold('SERVER_UPDATE', { id: SERVER, owner_id: ME });
  expect(layout()).toEqual([[undefined, [CHANNEL]], ['c45', []], filled]);
});

test('[NOTIFY2] the nearest setting decides; what is muted shows neither dot nor number', () => {
  const badge = () => select.channelBadge(one.state, CHANNEL, Date.parse(AT));
  const setting = (target_id: string, level: string | null, muted_until: string | null = null): void =>
    one.fold('NOTIFICATION_UPDATE', { target_id, level, muted_until });
  one.fold('MESSAGE_CREATE', message(id(500)));
  one.fold('MESSAGE_CREATE', message(id(501), { mentions: [ME] }));
  expect(badge()).toEqual({ hasUnread: true, count: 1, isMuted: false });
  setting(SERVER, 'all');
  expect(select.notificationLevel(one.state, CHANNEL)).toBe('all');
  setting(CHANNEL, 'none');
  expect([select.notificationLevel(one.state, CHANNEL), badge().count]).toEqual(['none', 0]);
  setting(CHANNEL, null, FUTURE);
  expect(badge()).toEqual({ hasUnread: false, count: 0, isMuted: true });
  expect(select.isMuted(one.state, CHANNEL, Date.parse(FUTURE) + 1)).toBe(false);
  expect(select.serverBadge(one.state, SERVER, Date.parse(AT)).hasUnread).toBe(false);
  setting(CHANNEL, null);
  expect(one.state.notifications.has(CHANNEL)).toBe(false);
  one.fold('CHANNEL_CREATE', dm(DM, [ME, ANNA]));
  one.fold('MESSAGE_CREATE', message(id(502), { channel_id: DM }));
  expect(select.notificationLevel(one.state, DM)).toBe('all');
  expect(select.conversationsBadge(one.state, 0)).toEqual({ hasUnread: true, count: 1, isMuted: false });
  expect(select.totalBadge(one.state, 0).count).toBe(2);
});

test('[REL1] friends, requests and blocks are known by person; a blocked one cannot be written to', () => {
  one.fold('CHANNEL_CREATE', dm(DM, [ME, ANNA]));
  const becomes = (type: string | null): void => one.fold('RELATIONSHIP_UPDATE', { user_id: ANNA, type, since: AT });
  becomes('incoming');
  expect(select.incoming(one.state)).toEqual([ANNA]);
  becomes('friend');
  expect([select.friends(one.state), select.incoming(one.state), select.canSend(one.state, DM)]).toEqual([
    ...[[ANNA], []],
    true,
  ]);
  becomes('blocked');
  expect([select.isBlocked(one.state, ANNA), select.canSend(one.state, DM)]).toEqual([true, false]);
  becomes(null);
  expect([one.state.relationships.size, select.canSend(one.state, DM)]).toEqual([0, true]);
});

test('[GROUP5] people of a group come, change and go; oneself with everything of it', () => {
  const recipient = (userId: string, name: string) => ({ user_id: userId, role: name, joined_at: AT });
  const group: Channel = {
    ...dm(DM, [ME, ANNA]),
    ...{ type: 'group_dm', owner_id: ANNA },
    recipients: [recipient(ME, 'member'), recipient(ANNA, 'owner')] as Channel['recipients'],
  };
  one.fold('CHANNEL_CREATE', group);
  expect([select.canPin(one.state, DM), select.canManageMessages(one.state, DM)]).toEqual([true, false]);
  one.fold('RECIPIENT_ADD', {
    ...recipient(id(3), 'member'),
    channel_id: DM,
    added_by: ANNA,
    user: user(id(3), { username: 'carl' }),
  });
  expect(select.channelTitle(one.state, DM)).toBe('anna, carl');
  one.fold('RECIPIENT_UPDATE', { channel_id: DM, user_id: ANNA, role: 'admin' });
  one.fold('RECIPIENT_UPDATE', { channel_id: DM, user_id: ME, role: 'owner' });
  expect([one.state.channels.get(DM)?.owner_id, select.canManageMessages(one.state, DM)]).toEqual([ME, true]);
  one.fold('RECEIPT_UPDATE', receipt(id(3), 5));
  one.fold('RECIPIENT_REMOVE', { channel_id: DM, user_id: id(3), removed_by: ME, is_banned: true });
  expect([one.state.channels.get(DM)?.recipient_ids, one.state.receipts.get(DM)?.size]).toEqual([[ME, ANNA], 0]);
  one.fold('RECIPIENT_REMOVE', { channel_id: DM, user_id: ME, removed_by: ME, is_banned: false });
  expect([one.state.channels.has(DM), one.state.receipts.has(DM), one.state.reads.has(DM)]).toEqual([
    false,
    false,
    false,
  ]);
});

function receipt(userId: string, n: number, more: object = {}) {
  const far = { delivered_position: n, delivered_id: id(500 + n), delivered_at: AT };
  return { channel_id: DM, user_id: userId, ...far, read_position: 0, read_id: null, read_at: null, ...more };
}

test('[RCPT5] receipts only move forward, and say whom a message reached', () => {
  one.fold('CHANNEL_CREATE', dm(DM, [ME, ANNA]));
  const mine = message(id(505), { channel_id: DM, author_id: ME });
  expect(select.receiptsOf(one.state, mine)).toEqual({ deliveredTo: [], readBy: [] });
  one.fold('RECEIPT_UPDATE', receipt(ANNA, 5));
  expect(select.receiptsOf(one.state, mine)).toEqual({ deliveredTo: [ANNA], readBy: [] });
  one.fold('RECEIPT_UPDATE', receipt(ANNA, 6, { read_position: 6, read_id: id(506), read_at: AT }));
  one.store.applyAt(one.position - 1, (context) => foldReceipt(context, receipt(ANNA, 5)));
  expect(select.receiptsOf(one.state, mine)).toEqual({ deliveredTo: [], readBy: [ANNA] });
  expect(select.receiptsOf(one.state, message(id(507), { channel_id: DM, author_id: ME })).readBy).toEqual([]);
});

test('[MENTION4] [MENTION5] mentions are counted by the roles held now; an edit neither calls nor takes back', () => {
  one.fold('MESSAGE_CREATE', message(id(500), { mention_roles: [MOD] }));
  const mentions = (): number | undefined => one.state.reads.get(CHANNEL)?.mentions;
  expect([mentions(), select.mentionsMe(one.state, message(id(500), { mention_roles: [MOD] }))]).toEqual([0, false]);
  one.fold('ROLE_CREATE', role(SERVER, { id: MOD, is_default: false, position: 1 }));
  one.fold('MEMBER_UPDATE', { user_id: ME, server_id: SERVER, role_ids: [MOD] });
  expect([mentions(), select.mentionsMe(one.state, message(id(500), { mention_roles: [MOD] }))]).toEqual([1, true]);
  one.fold('MESSAGE_UPDATE', { id: id(500), channel_id: CHANNEL, mention_roles: [], mentions: [ME], is_edited: true });
  expect(mentions()).toBe(1);
  one.fold('ROLE_DELETE', { id: MOD, server_id: SERVER });
  expect(mentions()).toBe(0);
});

test('[MSG14] typing ends when it is taken back; a room says who is active in it', () => {
  one.pass('TYPING_START', { user_id: ANNA, channel_id: CHANNEL, timestamp: AT });
  expect(select.typingNames(one.state, CHANNEL)).toEqual(['anna']);
  one.fold('RELATIONSHIP_UPDATE', { user_id: ANNA, type: 'blocked', since: AT });
  expect(select.typingNames(one.state, CHANNEL)).toEqual([]);
  one.fold('RELATIONSHIP_UPDATE', { user_id: ANNA, type: null, since: AT });
  one.pass('TYPING_STOP', { user_id: ANNA, channel_id: CHANNEL, timestamp: AT });
  expect(one.state.typing.size).toBe(0);
  one.pass('CHANNEL_PRESENCE', { channel_id: CHANNEL, user_ids: [ANNA, ME], count: 2 });
  expect(select.roomOf(one.state, CHANNEL)).toEqual([ANNA, ME]);
  one.pass('CHANNEL_PRESENCE', { channel_id: CHANNEL, user_ids: [], count: 0 });
  expect(select.roomOf(one.state, CHANNEL)).toEqual([]);
});

test('[STORE1] settings, nicknames, mutes and what a server says of itself follow their events', () => {
  const settings = { ...one.state.settings, dnd_until: FUTURE };
  expect(select.isDoNotDisturb(one.state, 0)).toBe(false);
  one.fold('USER_SETTINGS_UPDATE', settings);
  expect([one.state.settings, select.isDoNotDisturb(one.state, 0)]).toEqual([settings, true]);
  one.fold('MEMBER_UPDATE', { user_id: ME, server_id: SERVER, nickname: 'Captain', is_muted: true });
  expect(one.state.members.get(SERVER)?.get(ME)).toMatchObject({
    ...member(SERVER, ME),
    nickname: 'Captain',
    is_muted: true,
  });
  one.fold('SERVER_UPDATE', { id: SERVER, system_channel_id: CHANNEL });
  one.fold('CHANNEL_DELETE', { id: CHANNEL, server_id: SERVER, deleted_at: null });
  expect(one.state.servers.get(SERVER)?.system_channel_id).toBe(CHANNEL);
  one.fold('CHANNEL_DELETE', { id: CHANNEL, server_id: SERVER, deleted_at: AT });
  expect(one.state.servers.get(SERVER)?.system_channel_id).toBeNull();
});
