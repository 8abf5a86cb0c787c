import { select } from '@snug/client';
import type { Id } from '@snug/protocol';
import { useCallback } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { useToast } from '../../ui/Toasts.tsx';
import { moveCategory, moveChannel, type Step } from './order.ts';

export interface Moves {
  readonly canMoveChannel: (channelId: Id, step: Step) => boolean;
  readonly moveChannel: (channelId: Id, step: Step) => void;
  readonly canMoveCategory: (categoryId: Id, step: Step) => boolean;
  readonly moveCategory: (categoryId: Id, step: Step) => void;
}

/** Putting channels and categories of a server into another order, a step at a time. */
export function useMoves(serverId: Id): Moves {
  const client = useClient();
  const say = useToast();
  const layout = useCallback(() => select.serverLayout(client.store.getState(), serverId), [client, serverId]);
  const categories = useCallback(() => layout().flatMap(({ category }) => category ?? []), [layout]);
  const perform = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => say(sayError(error)));
  };
  return {
    canMoveChannel: (channelId, step) => moveChannel(layout(), channelId, step) !== null,
    moveChannel: (channelId, step) => {
      const channels = moveChannel(layout(), channelId, step);
      if (channels === null || channels.length === 0) return;
      perform(client.perform('channel.reorder', { server_id: serverId, channels: [...channels] }));
    },
    canMoveCategory: (categoryId, step) => moveCategory(categories(), categoryId, step) !== null,
    moveCategory: (categoryId, step) => {
      const ids = moveCategory(categories(), categoryId, step);
      if (ids !== null) perform(client.perform('category.reorder', { server_id: serverId, category_ids: ids }));
    },
  };
}
