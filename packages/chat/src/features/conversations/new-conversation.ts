import type { Channel, Id } from '@snug/protocol';

/** A DM or a group as it begins. */
export function newConversation(
  given: Pick<Channel, 'id' | 'type'> & Partial<Channel> & { recipient_ids: Id[]; at: string },
): Channel {
  const { at, ...rest } = given;
  return {
    name: '',
    topic: '',
    position: 0,
    is_private: true,
    is_nsfw: false,
    is_archived: false,
    slow_mode_delay: 0,
    last_message_id: null,
    last_message_at: null,
    ...rest,
    created_at: at,
    updated_at: at,
  };
}
