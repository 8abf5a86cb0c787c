import type { State } from '@snug/client';
import type { Id } from '@snug/protocol';
import { isSpoken } from './build-rows.ts';

/** The newest loaded message of the signed-in user, to be edited. */
export function lastOwn(state: State, channelId: Id): Id | null {
  const window = state.windows.get(channelId);
  const messages = state.messages.get(channelId);
  return (
    window?.ids.findLast((id) => {
      const message = messages?.get(id);
      return message !== undefined && message.author_id === state.me?.id && isSpoken(message);
    }) ?? null
  );
}
