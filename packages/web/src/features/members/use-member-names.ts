import { select } from '@snug/client';
import type { Id } from '@snug/protocol';
import { useEffect, useRef, useState } from 'react';
import { sameFields } from '../../app/same.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { nameOf } from './name-of.ts';

/** People asked for at once. */
const AT_ONCE = 4;

/** How people are called in a server: those the store knows at once, others when they were asked for; null until then. */
export function useMemberNames(serverId: Id, ids: readonly Id[]): Readonly<Record<Id, string | null>> {
  const client = useClient();
  const [found, setFound] = useState<Readonly<Record<Id, string>>>({});
  const asked = useRef(new Set<Id>());
  const known = useSelect(
    (state) =>
      Object.fromEntries(
        ids.map((id) => [id, state.users.has(id) ? select.memberName(state, serverId, id) : (found[id] ?? null)]),
      ),
    sameFields,
  );
  const unknown = ids.filter((id) => known[id] === null && !asked.current.has(id)).join();
  useEffect(() => {
    if (unknown === '') return;
    const waiting = unknown.split(',');
    for (const id of waiting) asked.current.add(id);
    const askNext = async (): Promise<void> => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
        const name = await client
          .call('member.get', { server_id: serverId, user_id: id })
          .then(nameOf)
          // They left: their profile may still be theirs to show.
          .catch(() => client.call('user.get', { user_id: id }).then((user) => user.display_name || user.username))
          // Nobody that this reader may ask for; an id would say nothing to them.
          .catch(() => '');
        setFound((before) => ({ ...before, [id]: name }));
      }
    };
    for (let one = 0; one < AT_ONCE; one++) void askNext();
  }, [client, serverId, unknown]);
  return known;
}
