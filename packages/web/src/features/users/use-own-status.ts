import { useCallback, useState } from 'react';
import { recall, remember } from '../../app/local-memory.ts';
import { useClient } from '../../app/use-snug.ts';

export type OwnStatus = 'online' | 'idle' | 'dnd' | 'invisible';

/** How this person shows themselves: a choice of this browser, told to the server as it is made. */
export function useOwnStatus(): [OwnStatus, (status: OwnStatus) => void] {
  const client = useClient();
  const [status, setStatus] = useState<OwnStatus>(() => readStatus());
  const choose = useCallback(
    (next: OwnStatus) => {
      remember('status', next);
      setStatus(next);
      client.connection.setPresence({ status: next });
    },
    [client],
  );
  return [status, choose];
}

export function readStatus(): OwnStatus {
  const saved = recall('status');
  return saved === 'idle' || saved === 'dnd' || saved === 'invisible' ? saved : 'online';
}
