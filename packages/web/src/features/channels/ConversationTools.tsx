import { select } from '@snug/client';
import type { Channel } from '@snug/protocol';
import { Bell, Ellipsis, MessagesSquare, Pin, Settings } from 'lucide-react';
import type { ReactNode } from 'react';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu, type MenuEntry } from '../../ui/Menu.tsx';
import { type OpenDialog, useDialogs } from '../shell/dialogs.ts';
import { usePanes } from '../shell/panes.ts';
import { ThreadTools } from '../threads/ThreadTools.tsx';
import { useThreadMenu } from '../threads/use-thread-menu.tsx';

/**
 * In the head of a conversation: what is pinned, its threads, what one wants to hear of it. Where there is no room for
 * that many they stand in a menu.
 */
export function ConversationTools({ channel }: { channel: Channel }) {
  const { isNarrow } = usePanes();
  const entries = useEntries(channel);
  const threadMenu = useThreadMenu(channel);
  const isThread = channel.parent_id !== undefined;
  if (isNarrow) {
    return (
      <Menu
        groups={() => (isThread ? [entries, ...threadMenu()] : [entries])}
        label={t('conversation.more')}
        align="end"
      >
        <IconButton label={t('conversation.more')} side="bottom">
          <Ellipsis size={19} aria-hidden="true" />
        </IconButton>
      </Menu>
    );
  }
  return (
    <>
      {entries.map((entry) => (
        <IconButton key={entry.key} label={entry.label} side="bottom" onClick={entry.onChoose}>
          {entry.icon}
        </IconButton>
      ))}
      {isThread ? <ThreadTools thread={channel} /> : null}
    </>
  );
}

function useEntries(channel: Channel): readonly MenuEntry[] {
  const open = useDialogs();
  const name = useSelect((state) => select.channelTitle(state, channel.id));
  const entry = (label: string, icon: ReactNode, dialog: OpenDialog): MenuEntry => ({
    key: dialog.kind,
    label,
    icon,
    onChoose: () => open(dialog),
  });
  return [
    ...(channel.type === 'text'
      ? [entry(t('threads'), <MessagesSquare size={19} aria-hidden="true" />, { kind: 'threads', channel })]
      : []),
    entry(t('pins'), <Pin size={19} aria-hidden="true" />, { kind: 'pins', channelId: channel.id }),
    entry(t('notify.open'), <Bell size={19} aria-hidden="true" />, { kind: 'notify', targetId: channel.id, name }),
    ...(channel.type === 'group_dm'
      ? [
          entry(t('group.settings'), <Settings size={19} aria-hidden="true" />, {
            kind: 'group',
            channelId: channel.id,
          }),
        ]
      : []),
  ];
}
