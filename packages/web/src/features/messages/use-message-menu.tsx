import { select } from '@snug/client';
import { can, Permission } from '@snug/protocol';
import { Copy, MailOpen, Pencil, Reply, Trash2 } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import type { MenuEntry, MenuGroups } from '../../ui/Menu.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import type { SpokenItemProps } from './SpokenItem.tsx';

export interface MessageMenu {
  readonly reply: MenuEntry | null;
  readonly edit: MenuEntry | null;
  readonly groups: MenuGroups;
  /** R, E and Delete on a message that has the keyboard. */
  readonly onKey: (event: KeyboardEvent) => void;
}

/** What the signed-in user may do with a message, once for toolbar, menu and keys. */
export function useMessageMenu(props: SpokenItemProps, onDelete: () => void): MessageMenu {
  const { message, onReply, onEdit, onUnread } = props;
  const say = useToast();
  const { channel_id: channelId, id } = message;
  const isMine = useSelect((state) => state.me?.id === message.author_id);
  const bits = useSelect((state) => select.channelPermissions(state, channelId));
  const entry = (key: string, label: string, icon: MenuEntry['icon'], onChoose: () => void, isDanger = false) => ({
    key,
    label,
    icon,
    onChoose,
    isDanger,
  });
  const reply = can(bits, Permission.SEND_MESSAGES)
    ? entry('reply', t('message.reply'), <Reply size={16} />, () => onReply(id))
    : null;
  const edit =
    isMine && can(bits, Permission.SEND_MESSAGES)
      ? entry('edit', t('message.edit'), <Pencil size={16} />, () => onEdit(id))
      : null;
  const remove =
    isMine || can(bits, Permission.MANAGE_MESSAGES)
      ? entry('delete', t('message.delete'), <Trash2 size={16} />, onDelete, true)
      : null;
  const copy = entry('copy', t('message.copy'), <Copy size={16} />, () => {
    navigator.clipboard.writeText(message.content).then(
      () => say(t('copied')),
      () => say(t('copy.failed')),
    );
  });
  const unread = entry('unread', t('message.markUnread'), <MailOpen size={16} />, () => onUnread(message));
  const present = (...entries: (MenuEntry | null)[]): MenuEntry[] => entries.filter((one) => one !== null);
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    const chosen = key === 'r' ? reply : key === 'e' ? edit : key === 'delete' ? remove : null;
    if (chosen === null) return;
    event.preventDefault();
    chosen.onChoose();
  };
  return { reply, edit, groups: [present(reply, edit), [copy, unread], present(remove)], onKey };
}
