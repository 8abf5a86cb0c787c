import { select } from '@snug/client';
import type { Message } from '@snug/protocol';
import {
  Copy,
  Flag,
  Link2,
  ListChecks,
  MailOpen,
  MessagesSquare,
  Pencil,
  Pin,
  PinOff,
  Reply,
  SmilePlus,
  Trash2,
  Users,
} from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useCallback } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { useAttempt } from '../../app/use-attempt.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import type { MenuEntry, MenuGroups } from '../../ui/Menu.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { useSelection } from '../selection/selection.ts';
import { useDialogs } from '../shell/dialogs.ts';
import type { SpokenItemProps } from './SpokenItem.tsx';

export interface MessageEntries {
  readonly react: MenuEntry | null;
  readonly reply: MenuEntry | null;
  readonly edit: MenuEntry | null;
  readonly groups: MenuGroups;
}

export interface MessageMenu {
  /** What may be done at this moment: asked when it is shown, as few messages of a list ever show it. */
  readonly read: () => MessageEntries;
  /** R, E, + and Delete on a message that has the keyboard. */
  readonly onKey: (event: KeyboardEvent) => void;
}

export interface MenuActs {
  readonly onDelete: () => void;
  readonly onPick: () => void;
}

/** What the signed-in user may do with a message, once for toolbar, menu and keys. */
export function useMessageMenu(props: SpokenItemProps, { onDelete, onPick }: MenuActs): MessageMenu {
  const { message, onReply, onEdit } = props;
  const client = useClient();
  const moreOf = useMoreEntries(props);
  const read = (): MessageEntries => {
    const state = client.store.getState();
    const { channel_id: channelId, id } = message;
    const isMine = state.me?.id === message.author_id;
    const maySend = select.canSend(state, channelId);
    const react = select.canReact(state, channelId)
      ? entry('react', t('reaction.add'), <SmilePlus size={16} />, onPick)
      : null;
    const reply = maySend ? entry('reply', t('message.reply'), <Reply size={16} />, () => onReply(id)) : null;
    const edit = isMine && maySend ? entry('edit', t('message.edit'), <Pencil size={16} />, () => onEdit(id)) : null;
    const mayDelete = isMine || select.canManageMessages(state, channelId);
    const remove = mayDelete
      ? { ...entry('delete', t('message.delete'), <Trash2 size={16} />, onDelete), isDanger: true }
      : null;
    const [talk, own, others] = moreOf();
    return {
      ...{ react, reply, edit },
      groups: [present(react, reply, edit, ...talk), own, present(...others, remove)],
    };
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { react, reply, edit, groups } = read();
    const remove = groups.flat().find(({ key }) => key === 'delete') ?? null;
    const chosen = { r: reply, e: edit, '+': react, delete: remove }[event.key.toLowerCase()] ?? null;
    if (chosen === null) return;
    event.preventDefault();
    chosen.onChoose();
  };
  return { read, onKey };
}

function entry(key: string, label: string, icon: ReactNode, onChoose: () => void): MenuEntry {
  return { key, label, icon, onChoose };
}

function present(...entries: (MenuEntry | null)[]): MenuEntry[] {
  return entries.filter((one) => one !== null);
}

type More = readonly [talk: MenuEntry[], own: MenuEntry[], others: MenuEntry[]];

/** What is done with a message less often: what others see of it, what one does for oneself, what keeps order. */
function useMoreEntries({ message, serverId, onUnread }: SpokenItemProps): () => More {
  const client = useClient();
  const open = useDialogs();
  const selection = useSelection();
  const copy = useCopy();
  const thread = useThreadEntry(message, serverId);
  const pin = usePinEntry(message);
  return () => {
    const state = client.store.getState();
    const { channel_id: channelId, author_id: userId } = message;
    const isMine = state.me?.id === userId;
    const name = select.memberName(state, serverId, userId);
    const who = entry('who', t('reaction.who'), <Users size={16} />, () => open({ kind: 'who-reacted', message }));
    const receipts = entry('receipts', t('message.receipts'), <Users size={16} />, () =>
      open({ kind: 'receipts', message }),
    );
    const link = new URL(
      paths.message({ id: channelId, server_id: serverId ?? undefined }, message.id),
      location.origin,
    );
    const pickMore = entry('select', t('message.select'), <ListChecks size={16} />, () => selection.start(message.id));
    const report = entry('report', t('message.report'), <Flag size={16} />, () =>
      open({ kind: 'report', target: { userId, name, message } }),
    );
    return [
      present(thread(), pin()),
      present(
        entry('copy', t('message.copy'), <Copy size={16} />, () => copy(message.content)),
        entry('link', t('message.copyLink'), <Link2 size={16} />, () => copy(link.href)),
        message.reactions.length === 0 ? null : who,
        serverId === null ? receipts : null,
        entry('unread', t('message.markUnread'), <MailOpen size={16} />, () => onUnread(message)),
      ),
      present(
        isMine ? null : { ...report, isDanger: true },
        select.canManageMessages(state, channelId) ? pickMore : null,
      ),
    ];
  };
}

function useCopy(): (words: string) => void {
  const say = useToast();
  return useCallback(
    (words) => {
      navigator.clipboard.writeText(words).then(
        () => say(t('copied')),
        () => say(t('copy.failed')),
      );
    },
    [say],
  );
}

/** Into the thread that began from it, or the way to begin one. */
function useThreadEntry(message: Message, serverId: string | null): () => MenuEntry | null {
  const client = useClient();
  const open = useDialogs();
  const [, navigate] = useLocation();
  return () => {
    if (serverId === null) return null;
    const state = client.store.getState();
    const icon = <MessagesSquare size={16} />;
    const thread = message.thread_id ?? select.threadOfMessage(state, message)?.id;
    if (thread !== undefined) {
      return entry('thread', t('message.thread.open'), icon, () => navigate(paths.channel(serverId, thread)));
    }
    if (!select.canStartThread(state, message.channel_id)) return null;
    return entry('thread', t('message.thread.start'), icon, () =>
      open({ kind: 'start-thread', serverId, channelId: message.channel_id, message }),
    );
  };
}

function usePinEntry(message: Message): () => MenuEntry | null {
  const client = useClient();
  const attempt = useAttempt();
  return () => {
    const { channel_id, id: message_id, is_pinned: isPinned } = message;
    if (!select.canPin(client.store.getState(), channel_id)) return null;
    const at = { channel_id, message_id };
    return isPinned
      ? entry('pin', t('pin.remove'), <PinOff size={16} />, () =>
          attempt(() => client.perform('pin.remove', at), t('pin.undone')),
        )
      : entry('pin', t('pin.add'), <Pin size={16} />, () =>
          attempt(() => client.perform('pin.add', at), t('pin.done')),
        );
  };
}
