import { type State, select } from '@snug/client';
import type { Channel, Id } from '@snug/protocol';
import { Bell, CheckCheck, CircleUser, DoorClosed, Link2, Settings } from 'lucide-react';
import { type ReactNode, useCallback } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import type { MenuEntry, MenuGroups } from '../../ui/Menu.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { type OpenDialog, useDialogs } from '../shell/dialogs.ts';

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
    const isUnread = (state.reads.get(id)?.unread ?? 0) > 0 && lastId !== null;
    const copyLink = (): void => {
      navigator.clipboard.writeText(new URL(paths.dm(id), location.origin).href).then(
        () => say(t('copied')),
        () => say(t('copy.failed')),
      );
    };
    const read = entry('read', t('channel.markRead'), <CheckCheck size={16} />, () => client.ack(id, lastId ?? ''));
    const notify = entry('notify', t('notify.open'), <Bell size={16} />, () =>
      open({ kind: 'notify', targetId: id, name }),
    );
    const link = entry('link', t('channel.copyLink'), <Link2 size={16} />, copyLink);
    const own = channel.type === 'group_dm' ? groupEntries(id, open) : dmEntries(state, channel, navigate);
    return [isUnread ? [read] : [], [...own.about, notify, link], own.ending];
  }, [client, open, say, navigate, channel]);
}

interface OwnEntries {
  readonly about: readonly MenuEntry[];
  readonly ending: readonly MenuEntry[];
}

function groupEntries(channelId: Id, open: (dialog: OpenDialog) => void): OwnEntries {
  const settings = entry('settings', t('group.settings'), <Settings size={16} />, () =>
    open({ kind: 'group', channelId }),
  );
  const leave = entry('leave', t('group.leave'), <DoorClosed size={16} />, () =>
    open({ kind: 'leave-group', channelId }),
  );
  return { about: [settings], ending: [{ ...leave, isDanger: true }] };
}

function dmEntries(state: State, channel: Channel, navigate: (path: string) => void): OwnEntries {
  const username = state.users.get(select.dmPartner(state, channel))?.username ?? '';
  const profile = entry('profile', t('person.profile'), <CircleUser size={16} />, () =>
    navigate(paths.profile(username)),
  );
  return { about: username === '' ? [] : [profile], ending: [] };
}

function entry(key: string, label: string, icon: ReactNode, onChoose: () => void): MenuEntry {
  return { key, label, icon, onChoose };
}
