import { select } from '@snug/client';
import type { Channel } from '@snug/protocol';
import { Bell, CheckCheck, CircleUser, DoorClosed, Link2, Settings } from 'lucide-react';
import { useCallback } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import type { MenuEntry, MenuGroups } from '../../ui/Menu.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { useDialogs } from '../shell/dialogs.ts';

/** What may be done with a DM or a group, made when its menu opens. */
export function useConversationMenu(channel: Channel): () => MenuGroups {
  const client = useClient();
  const open = useDialogs();
  const say = useToast();
  const [, navigate] = useLocation();
  return useCallback(() => {
    const state = client.store.getState();
    const { id, last_message_id: lastId } = channel;
    const name = select.channelTitle(state, id);
    const username = state.users.get(select.dmPartner(state, channel))?.username ?? '';
    const isUnread = (state.reads.get(id)?.unread ?? 0) > 0 && lastId !== null;
    const read: MenuEntry = {
      key: 'read',
      label: t('channel.markRead'),
      icon: <CheckCheck size={16} />,
      onChoose: () => client.ack(id, lastId ?? ''),
    };
    const notify: MenuEntry = {
      key: 'notify',
      label: t('notify.open'),
      icon: <Bell size={16} />,
      onChoose: () => open({ kind: 'notify', targetId: id, name }),
    };
    const link: MenuEntry = {
      key: 'link',
      label: t('channel.copyLink'),
      icon: <Link2 size={16} />,
      onChoose: () => {
        navigator.clipboard.writeText(new URL(paths.dm(id), location.origin).href).then(
          () => say(t('copied')),
          () => say(t('copy.failed')),
        );
      },
    };
    const profile: MenuEntry = {
      key: 'profile',
      label: t('person.profile'),
      icon: <CircleUser size={16} />,
      onChoose: () => navigate(paths.profile(username)),
    };
    const settings: MenuEntry = {
      key: 'settings',
      label: t('group.settings'),
      icon: <Settings size={16} />,
      onChoose: () => open({ kind: 'group', channelId: id }),
    };
    const leave: MenuEntry = {
      key: 'leave',
      label: t('group.leave'),
      icon: <DoorClosed size={16} />,
      isDanger: true,
      onChoose: () => open({ kind: 'leave-group', channelId: id }),
    };
    const isGroup = channel.type === 'group_dm';
    const about = isGroup ? [settings] : username === '' ? [] : [profile];
    return [isUnread ? [read] : [], [...about, notify, link], isGroup ? [leave] : []];
  }, [client, open, say, navigate, channel]);
}
