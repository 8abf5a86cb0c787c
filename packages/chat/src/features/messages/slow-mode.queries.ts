import { can, type Id, type Message, Permission } from '@snug/protocol';
import type { Guard } from '../../log/envelope.ts';
import { channelPermissions } from '../../world/permissions.ts';
import type { ChannelState } from '../../world/state.ts';

interface SlowMode {
  /** What the message says of it: the next one is measured against that. */
  readonly fields: Pick<Message, 'slow_mode_delay'>;
  readonly guards: readonly Guard[];
}

const NONE: SlowMode = { fields: {}, guards: [] };

/** What slow mode asks of a message: nothing where it is off, and of those who look after the channel. */
export function slowMode(state: ChannelState, userId: Id, now: number): SlowMode {
  const { id, slow_mode_delay } = state.channel;
  if (slow_mode_delay === 0) return NONE;
  const bits = channelPermissions(userId, state);
  if (can(bits, Permission.MANAGE_MESSAGES) || can(bits, Permission.MANAGE_CHANNELS)) return NONE;
  return {
    fields: { slow_mode_delay },
    guards: [{ kind: 'slow_mode', channel_id: id, user_id: userId, now, delay: slow_mode_delay * 1000 }],
  };
}
