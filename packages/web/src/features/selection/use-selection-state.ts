import { type Id, LIMITS } from '@snug/protocol';
import { useMemo, useState } from 'react';
import { t } from '../../strings/t.ts';
import { useToast } from '../../ui/Toasts.tsx';
import type { Selection } from './selection.ts';

/** What is picked out in one channel. At most as many as one command deletes. */
export function useSelectionState(): Selection {
  const say = useToast();
  const [ids, setIds] = useState<ReadonlySet<Id> | null>(null);
  return useMemo(
    () => ({
      ids,
      start: (id) => setIds(new Set([id])),
      stop: () => setIds(null),
      toggle: (id) => {
        const next = new Set(ids);
        if (!next.delete(id)) next.add(id);
        if (next.size > LIMITS.BULK_DELETE) say(t('select.most', LIMITS.BULK_DELETE));
        else setIds(next);
      },
    }),
    [ids, say],
  );
}
