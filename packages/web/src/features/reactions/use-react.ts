import type { Message } from '@snug/protocol';
import { useCallback } from 'react';
import { useAttempt } from '../../app/use-attempt.ts';
import { useClient } from '../../app/use-snug.ts';

/** Gives a reaction or takes it back. It is seen at once; a refusal takes it back and says why. */
export function useReact({ channel_id, id }: Message): (emoji: string, isOn: boolean, isSuper?: boolean) => void {
  const client = useClient();
  const attempt = useAttempt();
  return useCallback(
    (emoji, isOn, isSuper = false) => {
      attempt(() => client.setReaction(channel_id, id, emoji, isOn, isSuper));
    },
    [client, attempt, channel_id, id],
  );
}
