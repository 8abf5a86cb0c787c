import type { Id } from '@snug/protocol';
import { useCallback } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { useClient } from '../../app/use-snug.ts';

/** Set with every jump: going twice to the same message is going there twice. */
export interface JumpState {
  readonly jump: number;
}

let jumps = 0;

/** Goes to a message, wherever it was said. */
export function useJump(): (channelId: Id, messageId: Id) => void {
  const client = useClient();
  const [, navigate] = useLocation();
  return useCallback(
    (channelId, messageId) => {
      const serverId = client.store.getState().channels.get(channelId)?.server_id;
      jumps += 1;
      const state: JumpState = { jump: jumps };
      navigate(paths.message({ id: channelId, server_id: serverId }, messageId), { state });
    },
    [client, navigate],
  );
}
