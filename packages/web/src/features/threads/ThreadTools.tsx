import type { Channel } from '@snug/protocol';
import { Bookmark, BookmarkCheck, Ellipsis } from 'lucide-react';
import { useAttempt } from '../../app/use-attempt.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { useThreadMenu } from './use-thread-menu.tsx';

/** In the head of a thread: whether it is followed, and what may be done with it. */
export function ThreadTools({ thread }: { thread: Channel }) {
  const client = useClient();
  const attempt = useAttempt();
  const menu = useThreadMenu(thread);
  const isFollowed = useSelect((state) => state.followedThreads.has(thread.id));
  const toggle = (): void =>
    attempt(() => client.perform(isFollowed ? 'thread.unfollow' : 'thread.follow', { channel_id: thread.id }));
  return (
    <>
      <IconButton label={t('thread.follow')} aria-pressed={isFollowed} side="bottom" onClick={toggle}>
        {isFollowed ? <BookmarkCheck size={19} aria-hidden="true" /> : <Bookmark size={19} aria-hidden="true" />}
      </IconButton>
      <Menu groups={menu} label={t('thread.menu')} align="end">
        <IconButton label={t('thread.menu')} side="bottom">
          <Ellipsis size={19} aria-hidden="true" />
        </IconButton>
      </Menu>
    </>
  );
}
