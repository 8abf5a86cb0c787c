import type { Category, Channel, Id } from '@snug/protocol';

/** A category with its channels as the list shows them; null holds those without one. */
export interface ChannelGroup {
  readonly category: Category | null;
  readonly channels: readonly Channel[];
}

/** Where a channel is to stand. */
export interface Placed {
  readonly channel_id: Id;
  readonly position: number;
  readonly category_id: Id | null;
}

export type Step = 1 | -1;

/**
 * What changes when a channel goes a step up or down; null where it cannot go. From the end of its group it enters the next
 * one, so that the arrows alone bring it anywhere.
 */
export function moveChannel(layout: readonly ChannelGroup[], channelId: Id, step: Step): readonly Placed[] | null {
  const groups = layout[0]?.category === null ? [...layout] : [{ category: null, channels: [] }, ...layout];
  const from = groups.findIndex((group) => group.channels.some((channel) => channel.id === channelId));
  const group = groups[from];
  if (group === undefined) return null;
  const at = group.channels.findIndex((channel) => channel.id === channelId);
  const moved = group.channels[at] as Channel;
  const others = group.channels.toSpliced(at, 1);
  const within = at + step;
  if (within >= 0 && within < group.channels.length) {
    return placed([{ ...group, channels: others.toSpliced(within, 0, moved) }]);
  }
  const next = groups[from + step];
  if (next === undefined) return null;
  const channels = step === 1 ? [moved, ...next.channels] : [...next.channels, moved];
  return placed([
    { ...group, channels: others },
    { ...next, channels },
  ]);
}

/** Only what is not there already. */
function placed(groups: readonly ChannelGroup[]): readonly Placed[] {
  return groups.flatMap(({ category, channels }) =>
    channels.flatMap((channel, position) => {
      const categoryId = category?.id ?? null;
      if (channel.position === position && (channel.category_id ?? null) === categoryId) return [];
      return [{ channel_id: channel.id, position, category_id: categoryId }];
    }),
  );
}

/** The order of categories with one a step up or down; null where it cannot go. */
export function moveCategory(categories: readonly Category[], categoryId: Id, step: Step): Id[] | null {
  const ids = categories.map((category) => category.id);
  const at = ids.indexOf(categoryId);
  const passed = ids[at + step];
  if (at < 0 || passed === undefined) return null;
  ids[at] = passed;
  ids[at + step] = categoryId;
  return ids;
}
