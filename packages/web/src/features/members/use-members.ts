import type { Id, MemberWithUser } from '@snug/protocol';
import { useCallback, useEffect } from 'react';
import { type PageStart, type Pages, usePages } from '../../app/use-pages.ts';
import { useSettled } from '../../app/use-settled.ts';
import { useClient } from '../../app/use-snug.ts';

const PAGE = 50;
const PAUSE_MS = 250;

export interface MemberFilter {
  /** Start of a name; empty: everybody. */
  readonly query: string;
  /** Only those with this role; null: with any. */
  readonly roleId: Id | null;
}

/** Members of a server that answer to a filter, page by page, kept true by what happens to those on the pages. */
export function useMembers(serverId: Id, filter: MemberFilter): Pages<MemberWithUser> {
  const client = useClient();
  const query = useSettled(filter.query.trim(), PAUSE_MS);
  const { roleId } = filter;
  const load = useCallback(
    ({ last }: PageStart<MemberWithUser>) =>
      client.call('member.list', {
        server_id: serverId,
        limit: PAGE,
        ...(query !== '' && { query }),
        ...(roleId !== null && { role_id: roleId }),
        ...(last !== null && { after: last.user_id }),
      }),
    [client, serverId, query, roleId],
  );
  const pages = usePages(load);
  const { patch, reload } = pages;
  useEffect(() => {
    const ends = [
      client.on('MEMBER_UPDATE', (body) => {
        if (body.server_id !== serverId) return;
        const { user, channel_id: _channel, server_id: _server, ...change } = body;
        patch((items) =>
          items
            .map((one) =>
              one.user_id === body.user_id ? ({ ...one, ...change, user: user ?? one.user } as MemberWithUser) : one,
            )
            .filter((one) => roleId === null || one.role_ids.includes(roleId)),
        );
        // Somebody new may have the role now: they are not on the pages.
        if (roleId !== null && body.role_ids?.includes(roleId) === true) reload();
      }),
      client.on('MEMBER_REMOVE', (body) => {
        if (body.server_id === serverId) patch((items) => items.filter((one) => one.user_id !== body.user_id));
      }),
      client.on('MEMBER_ADD', (body) => {
        if (body.server_id === serverId) reload();
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [client, serverId, roleId, patch, reload]);
  return pages;
}
