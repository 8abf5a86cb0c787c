import { select } from '@snug/client';
import type { Channel } from '@snug/protocol';
import { Archive, ArchiveRestore, Bookmark, BookmarkX, Pencil, Trash2, Users } from 'lucide-react';
import { useCallback } from 'react';
import { useAttempt } from '../../app/use-attempt.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import type { MenuEntry, MenuGroups } from '../../ui/Menu.tsx';
import { useDialogs } from '../shell/dialogs.ts';

/** What may be done with a thread, made when its menu opens. */
export function useThreadMenu(thread: Channel): () => MenuGroups {
  const client = useClient();
  const open = useDialogs();
  const attempt = useAttempt();
  return useCallback(() => {
    const state = client.store.getState();
    const mayManage = select.canManageThread(state, thread.id);
    const mayDelete = select.canManageMessages(state, thread.id);
    const isFollowed = state.followedThreads.has(thread.id);
    const follow: MenuEntry = {
      key: 'follow',
      label: isFollowed ? t('thread.unfollow') : t('thread.follow'),
      icon: isFollowed ? <BookmarkX size={16} /> : <Bookmark size={16} />,
      onChoose: () =>
        attempt(() => client.perform(isFollowed ? 'thread.unfollow' : 'thread.follow', { channel_id: thread.id })),
    };
    const archive: MenuEntry = {
      key: 'archive',
      label: thread.is_archived ? t('thread.unarchive') : t('thread.archive'),
      icon: thread.is_archived ? <ArchiveRestore size={16} /> : <Archive size={16} />,
      onChoose: () =>
        attempt(() => client.perform('channel.update', { channel_id: thread.id, is_archived: !thread.is_archived })),
    };
    const edit: MenuEntry = {
      key: 'edit',
      label: t('thread.edit'),
      icon: <Pencil size={16} />,
      onChoose: () => open({ kind: 'edit-thread', thread }),
    };
    const remove: MenuEntry = {
      key: 'delete',
      label: t('thread.delete'),
      icon: <Trash2 size={16} />,
      isDanger: true,
      onChoose: () => open({ kind: 'delete-thread', thread }),
    };
    const followers: MenuEntry = {
      key: 'followers',
      label: t('thread.followers.open'),
      icon: <Users size={16} />,
      onChoose: () => open({ kind: 'followers', thread }),
    };
    return [[follow, followers], mayManage ? [edit, archive] : [], mayDelete ? [remove] : []];
  }, [client, open, attempt, thread]);
}
