import type { Channel, CommandResult } from '@snug/protocol';
import { useCallback, useEffect } from 'react';
import { Paged } from '../../app/Paged.tsx';
import { sayAgo } from '../../app/say-time.ts';
import { type PageStart, usePages } from '../../app/use-pages.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ListRow } from '../../ui/ListRow.tsx';

type Follower = CommandResult<'thread.members'>['items'][number];

/** Who follows a thread: for them it is unread when somebody speaks in it. */
export function FollowersDialog({ thread, onClose }: { thread: Channel; onClose: () => void }) {
  const client = useClient();
  const count = useSelect((state) => state.channels.get(thread.id)?.member_count ?? 0);
  const load = useCallback(
    ({ last }: PageStart<Follower>) =>
      client.call('thread.members', { channel_id: thread.id, ...(last !== null && { after: last.user_id }) }),
    [client, thread.id],
  );
  const pages = usePages(load);
  const { reload } = pages;
  useEffect(() => {
    const ends = (['THREAD_MEMBER_ADD', 'THREAD_MEMBER_REMOVE'] as const).map((type) =>
      client.on(type, (body) => body.channel_id === thread.id && reload()),
    );
    return () => {
      for (const end of ends) end();
    };
  }, [client, thread.id, reload]);
  const now = new Date();
  return (
    <Dialog title={t('thread.followers', count)} onClose={onClose}>
      <Paged pages={pages} label={t('thread.followers.open')} empty={t('thread.followers.none')} bones="people">
        {({ user, joined_at: at }) => (
          <ListRow
            key={user.id}
            lead={<Avatar id={user.id} name={user.display_name} size={32} />}
            title={user.display_name}
            note={sayAgo(new Date(at), now)}
          />
        )}
      </Paged>
    </Dialog>
  );
}
