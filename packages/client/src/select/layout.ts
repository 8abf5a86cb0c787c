import { type Category, type Channel, can, type Id, Permission } from '@snug/protocol';
import type { State } from '../store/state.ts';
import { memoize } from './memoize.ts';
import { permissions } from './permissions.ts';

/** A part of a server's channel list; `category` null: the channels above all categories. */
export interface LayoutSection {
  readonly category: Category | null;
  /** Without threads: those are `threadsOf` each. */
  readonly channels: readonly Channel[];
}

const NONE: readonly never[] = [];

/** The channels of a server that its list shows: not its threads. By position, then id. */
export const channelsOfServer = memoize((channels: State['channels'], serverId: Id): readonly Channel[] =>
  [...channels.values()]
    .filter((channel) => channel.server_id === serverId && channel.parent_id === undefined)
    .sort((a, b) => a.position - b.position || compare(a.id, b.id)),
);

const layouts = memoize((_channels: State['channels'], _serverId: Id): Map<string, Made> => new Map());

interface Made {
  readonly categories: readonly Category[] | undefined;
  readonly sections: readonly LayoutSection[];
}

/**
 * A server's channel list: channels without a category first, then each category with its own. A category that holds
 * nothing one can see is shown only to those who may put something into it.
 */
export function serverLayout(state: State, serverId: Id): readonly LayoutSection[] {
  const showsEmpty = can(permissions(state, serverId), Permission.MANAGE_CHANNELS);
  const known = layouts(state.channels, serverId);
  const categories = state.categories.get(serverId);
  const last = known.get(String(showsEmpty));
  if (last !== undefined && last.categories === categories) return last.sections;
  const sections = arrange(channelsOfServer(state.channels, serverId), categories ?? NONE, showsEmpty);
  known.set(String(showsEmpty), { categories, sections });
  return sections;
}

function arrange(
  channels: readonly Channel[],
  categories: readonly Category[],
  showsEmpty: boolean,
): readonly LayoutSection[] {
  const ids = new Set(categories.map(({ id }) => id));
  const loose = channels.filter(({ category_id: id }) => id === undefined || id === null || !ids.has(id));
  const first = loose.length > 0 ? [{ category: null, channels: loose }] : [];
  const sections = categories.map((category) => ({
    category,
    channels: channels.filter((channel) => channel.category_id === category.id),
  }));
  return [...first, ...sections.filter((section) => showsEmpty || section.channels.length > 0)];
}

/** Threads by the channel they hang under, and by the message they began from. */
const threadIndex = memoize((channels: State['channels'], _all: null) => {
  const byParent = new Map<Id, Channel[]>();
  const byMessage = new Map<Id, Channel>();
  for (const channel of channels.values()) {
    if (channel.parent_id === undefined) continue;
    if (channel.message_id !== undefined) byMessage.set(`${channel.parent_id} ${channel.message_id}`, channel);
    if (channel.is_archived) continue;
    const list = byParent.get(channel.parent_id);
    if (list === undefined) byParent.set(channel.parent_id, [channel]);
    else list.push(channel);
  }
  for (const list of byParent.values()) list.sort((a, b) => compare(latest(b), latest(a)));
  return { byParent, byMessage };
});

/** The threads of a channel that are not archived, the latest spoken in first. */
export function threadsOf(state: State, channelId: Id): readonly Channel[] {
  return threadIndex(state.channels, null).byParent.get(channelId) ?? NONE;
}

/** The thread that began from a message, archived or not; null where there is none, or it is not known yet. */
export function threadOfMessage(state: State, message: { readonly id: Id; readonly channel_id: Id }): Channel | null {
  return threadIndex(state.channels, null).byMessage.get(`${message.channel_id} ${message.id}`) ?? null;
}

export const conversations = memoize((channels: State['channels'], _all: null): readonly Channel[] =>
  [...channels.values()]
    .filter((channel) => channel.server_id === undefined)
    .sort((a, b) => compare(latest(b), latest(a))),
);

function latest(channel: Channel): Id {
  return channel.last_message_id ?? channel.id;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
