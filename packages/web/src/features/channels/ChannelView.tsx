import type { Channel, Id } from '@snug/protocol';
import { useCallback, useEffect, useRef, useState } from 'react';
import { remember } from '../../app/local-memory.ts';
import { MembersPane } from '../members/MembersPane.tsx';
import { Announcer } from '../messages/Announcer.tsx';
import { Composer } from '../messages/Composer.tsx';
import { MessageList } from '../messages/MessageList.tsx';
import { ConnectionBanner } from '../shell/ConnectionBanner.tsx';
import { ChannelHeader } from './ChannelHeader.tsx';
import styles from './ChannelView.module.css';

/** One conversation: what it is about, what was said, where one writes, who is here. */
export function ChannelView({ channel }: { channel: Channel }) {
  const [replyTo, setReplyTo] = useState<Id | null>(null);
  const [editingId, setEditingId] = useState<Id | null>(null);
  const controls = useRef<{ toEnd: () => void; toMessage: (id: Id) => void } | null>(null);
  useEffect(() => {
    if (channel.server_id !== undefined) remember(`last.${channel.server_id}`, channel.id);
  }, [channel.server_id, channel.id]);
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
        <MessageList channel={channel} editingId={editingId} onReply={setReplyTo} onEdit={edit} controls={controls} />
        <Composer
          channel={channel}
          replyTo={replyTo}
          onCancelReply={() => setReplyTo(null)}
          onSent={() => controls.current?.toEnd()}
          onEdit={editLast}
        />
        <Announcer channel={channel} />
      </main>
      <MembersPane channel={channel} />
    </div>
  );
}
