import type { Status } from '@snug/protocol';
import { useCallback, useEffect } from 'react';
import { recall, remember } from '../../app/local-memory.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';

export const OWN_STATUSES = ['online', 'idle', 'dnd', 'invisible'] as const satisfies readonly Status[];
export type OwnStatus = (typeof OWN_STATUSES)[number];

/** How this person chose to show themselves, kept in this browser, and the way to change it. */
export function useOwnStatus(): [Status, (status: OwnStatus) => void] {
  const client = useClient();
  const status = useSelect((state) => state.presences.get(state.me?.id ?? '')?.status ?? 'online');
  useEffect(() => {
    // Who never chose is online by being there; saying so again would only be noise.
    const saved = OWN_STATUSES.find((one) => one === recall('status'));
    if (saved !== undefined) client.connection.setPresence({ status: saved });
  }, [client]);
  const choose = useCallback(
    (next: OwnStatus) => {
      remember('status', next);
      client.connection.setPresence({ status: next });
    },
    [client],
  );
  return [status, choose];
}
