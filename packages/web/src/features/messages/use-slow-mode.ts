import { type State, select } from '@snug/client';
import type { Channel } from '@snug/protocol';
import { useSecondsLeft } from '../../app/use-now.ts';
import { useSelect } from '../../app/use-snug.ts';

export interface SlowMode {
  /** Seconds between two messages; 0 where this person may write as they like. */
  readonly delay: number;
  /** Seconds until the next one. */
  readonly left: number;
}

/** What slow mode asks of this person here. Who manages messages is free of it. */
export function useSlowMode({ id: channelId }: Channel): SlowMode {
  const delay = useSelect((state) => delayFor(state, channelId));
  const until = useSelect((state) => (delay === 0 ? 0 : freeAt(state, channelId)));
  return { delay, left: useSecondsLeft(until) };
}

function delayFor(state: State, channelId: string): number {
  const delay = state.channels.get(channelId)?.slow_mode_delay ?? 0;
  return delay === 0 || select.canManageMessages(state, channelId) ? 0 : delay;
}

/** ms since 1970: the end of the wait that one's last message began; 0 where there is none. */
function freeAt(state: State, channelId: string): number {
  const messages = state.messages.get(channelId);
  const ids = state.windows.get(channelId)?.ids ?? [];
  const last = ids.findLast((id) => messages?.get(id)?.author_id === state.me?.id);
  const { created_at: at, slow_mode_delay: delay = 0 } = messages?.get(last ?? '') ?? {};
  return at === undefined ? 0 : Date.parse(at) + delay * 1000;
}
