import { select } from '@snug/client';
import type { Id } from '@snug/protocol';
import { useEffect } from 'react';
import { useClient, useSelect } from '../../app/use-snug.ts';

/** How somebody is called in a server (null: in a conversation). Who is not known yet is asked for. */
export function useMemberName(serverId: Id | null, userId: Id): string {
  const client = useClient();
  const isKnown = useSelect((state) => userId === '' || state.users.has(userId));
  useEffect(() => {
    if (!isKnown) client.learnUsers([userId]);
  }, [client, userId, isKnown]);
  return useSelect((state) => (userId === '' ? '' : select.memberName(state, serverId, userId)));
}
