import type { Channel, Id } from '@snug/protocol';
import { useCallback, useEffect, useRef, useState } from 'react';
import { remember } from '../../app/local-memory.ts';
import { useClient } from '../../app/use-snug.ts';
import { MembersPane } from '../members/MembersPane.tsx';
import { Announcer } from '../messages/Announcer.tsx';
import { Composer } from '../messages/Composer.tsx';
import { MessageList } from '../messages/MessageList.tsx';
import { ReceiptLine } from '../receipts/ReceiptLine.tsx';
import { SelectionBar } from '../selection/SelectionBar.tsx';
import { SelectionProvider } from '../selection/selection.ts';
import { useSelectionState } from '../selection/use-selection-state.ts';
import { ConnectionBanner } from '../shell/ConnectionBanner.tsx';
import { ChannelHeader } from './ChannelHeader.tsx';
import styles from './ChannelView.module.css';

export interface ChannelViewProps {
  channel: Channel;
  /** The message to go to. */
  messageId: Id | null;
}

/** One conversation: what it is about, what was said, where one writes, who is here. */
export function ChannelView({ channel, messageId }: ChannelViewProps) {
  const [replyTo, setReplyTo] = useState<Id | null>(null);
  const [editingId, setEditingId] = useState<Id | null>(null);
  const controls = useRef<{ toEnd: () => void; toMessage: (id: Id) => void } | null>(null);
  const selection = useSelectionState();
  useWhereabouts(channel);
  const edit = useCallback((id: Id | null) => {
    setEditingId(id);
    // The row's box is gone: the keyboard goes back to where one writes.
    if (id === null) document.getElementById('composer')?.focus();
  }, []);
  const editLast = (id: Id): void => {
    edit(id);
    controls.current?.toMessage(id);
  };
  return (
    <div className={styles.view}>
      <main className={styles.main}>
        <ChannelHeader channel={channel} />
        <ConnectionBanner />
        <SelectionProvider value={selection}>
          <MessageList
            channel={channel}
            messageId={messageId}
            editingId={editingId}
            onReply={setReplyTo}
            onEdit={edit}
            controls={controls}
          />
          {selection.ids === null ? (
            <>
              <ReceiptLine channel={channel} />
              <Composer
                channel={channel}
                replyTo={replyTo}
                onCancelReply={() => setReplyTo(null)}
                onSent={() => controls.current?.toEnd()}
                onEdit={editLast}
              />
            </>
          ) : (
            <SelectionBar channelId={channel.id} />
          )}
        </SelectionProvider>
        <Announcer channel={channel} />
      </main>
      <MembersPane channel={channel} />
    </div>
  );
}

/** Being here: the server's way back leads here, and others who are here see it. */
function useWhereabouts({ id, server_id: serverId, parent_id: parentId }: Channel): void {
  const client = useClient();
  useEffect(() => {
    if (serverId !== undefined) remember(`last.${serverId}`, parentId ?? id);
  }, [serverId, parentId, id]);
  useEffect(() => {
    client.connection.setActiveChannel(id);
    return () => client.connection.setActiveChannel(null);
  }, [client, id]);
}
