import type { SnugError } from '@snug/client';
import type { Channel, Id, Message } from '@snug/protocol';
import { CloudOff } from 'lucide-react';
import { type RefObject, useEffect, useRef } from 'react';
import { Virtualizer } from 'virtua';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Blank } from '../../ui/Blank.tsx';
import { Bones } from '../../ui/Bones.tsx';
import { Button } from '../../ui/Button.tsx';
import { Beginning } from './Beginning.tsx';
import { ListBars } from './ListBars.tsx';
import styles from './MessageList.module.css';
import { moveFocus } from './move-focus.ts';
import { Row } from './Row.tsx';
import { useAck } from './use-ack.ts';
import { useAttention } from './use-attention.ts';
import { useFirstLoad } from './use-first-load.ts';
import { useJumpTo } from './use-jump-to.ts';
import { useMarkUnread } from './use-mark-unread.ts';
import { useNewMark } from './use-new-mark.ts';
import { type Rows, useRows } from './use-rows.ts';
import { type ListScroll, loadInto, useScroll } from './use-scroll.ts';

export interface MessageListProps {
  channel: Channel;
  /** The message that the address names: gone to when the address changes. */
  messageId: Id | null;
  /** The message being edited in its row. */
  editingId: Id | null;
  onReply: (id: Id) => void;
  onEdit: (id: Id | null) => void;
  /** Gives the composer the ways to move the list. */
  controls: { current: { toEnd: () => void; toMessage: (id: Id) => void } | null };
}

/** What was said in a channel: only the rows in view are drawn, in both directions without a jump. */
export function MessageList(props: MessageListProps) {
  const { channel, controls } = props;
  const hasAttention = useAttention();
  const isReading = useRef(true);
  const [readUpTo, setMark] = useNewMark(channel.id, isReading.current);
  const rows = useRows(channel.id, readUpTo);
  const scroller = useRef<HTMLElement>(null);
  const scroll = useScroll(channel.id, rows, scroller);
  const [isHeld, markUnread] = useMarkUnread(channel.id, hasAttention, setMark);
  isReading.current = hasAttention && scroll.isAtEnd && !isHeld;
  useFirstLoad(channel.id, scroll);
  useJumpTo(props.messageId, scroll.toMessage);
  useAck(channel.id, isReading.current);
  useEffect(() => {
    controls.current = {
      toEnd: () => {
        setMark(undefined);
        scroll.toEnd();
      },
      toMessage: scroll.toMessage,
    };
  });
  const { window } = rows;
  if (rows.rows.length === 0 && window !== undefined && window.error !== null) {
    return <Failed channelId={channel.id} error={window.error} isBusy={window.loading !== null} />;
  }
  if (rows.rows.length === 0 && (window === undefined || window.loading !== null)) {
    return (
      <div className={styles.loading}>
        <Bones kind="messages" count={7} label={t('messages.loading')} />
      </div>
    );
  }
  return (
    <div className={styles.area}>
      <ListBars channelId={channel.id} rows={rows} scroll={scroll} readUpTo={readUpTo} />
      <Drawn {...props} rows={rows} scroll={scroll} scroller={scroller} onUnread={markUnread} />
    </div>
  );
}

/** Nothing could be loaded, and why. */
function Failed({ channelId, error, isBusy }: { channelId: Id; error: SnugError; isBusy: boolean }) {
  const client = useClient();
  const again = (): void => loadInto(client.loadMessages(channelId, 'latest'));
  return (
    <div className={styles.scroller}>
      <Blank level={2} icon={<CloudOff size={34} />} title={t('messages.failed.title')} note={sayError(error)}>
        <Button isBusy={isBusy} onClick={again}>
          {t('retry')}
        </Button>
      </Blank>
    </div>
  );
}

interface DrawnProps extends MessageListProps {
  rows: Rows;
  scroll: ListScroll;
  scroller: RefObject<HTMLElement | null>;
  onUnread: (message: Message) => void;
}

/** The rows that are in view, and the box that they scroll in. */
function Drawn({ channel, editingId, rows, scroll, scroller, onReply, onEdit, onUnread }: DrawnProps) {
  const isWhole = rows.window?.hasBefore === false;
  return (
    <section
      ref={scroller}
      className={styles.scroller}
      aria-label={t('messages.in', channel.name)}
      onKeyDown={(event) => moveFocus(event, scroll.toEnd)}
    >
      <div className={styles.spacer} />
      {rows.rows.length === 0 && isWhole ? <Beginning channel={channel} isEmpty /> : null}
      <Virtualizer
        key={rows.generation}
        ref={scroll.list}
        as="ol"
        item="li"
        scrollRef={scroller}
        shift={rows.isShift}
        bufferSize={600}
        itemSize={56}
        onScroll={scroll.onScroll}
      >
        {rows.rows.map((row, at) => (
          <Row
            key={row.key}
            row={row}
            beginning={at === 0 && isWhole ? channel : null}
            serverId={channel.server_id ?? null}
            isLit={row.kind === 'message' && row.message.id === scroll.litId}
            isEditing={row.kind === 'message' && row.message.id === editingId}
            onReply={onReply}
            onEdit={onEdit}
            onUnread={onUnread}
            onJump={scroll.toMessage}
          />
        ))}
      </Virtualizer>
    </section>
  );
}
