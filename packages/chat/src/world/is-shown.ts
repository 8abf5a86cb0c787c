import type { ChannelState } from './state.ts';

/** Whether a snapshot shows it: what is deleted is gone, and an archived thread is looked up when it is wanted. */
export function isShown({ channel, parent, deletedAt }: ChannelState): boolean {
  if (deletedAt !== null) return false;
  return parent === null || (parent.deletedAt === null && !channel.is_archived);
}
