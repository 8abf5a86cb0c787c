import { select } from '@snug/client';
import type { Channel, Id, Message } from '@snug/protocol';
import { CloudOff } from 'lucide-react';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import { Virtualizer } from 'virtua';
import { sayError } from '../../app/say-error.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Blank } from '../../ui/Blank.tsx';
import { Bones } from '../../ui/Bones.tsx';
import { Button } from '../../ui/Button.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { Beginning } from './Beginning.tsx';
import { ListBars } from './ListBars.tsx';
import styles from './MessageList.module.css';
import { Row } from './Row.tsx';
import { useAttention } from './use-attention.ts';
import { useNewMark } from './use-new-mark.ts';
import { useRows } from './use-rows.ts';
import { type ListScroll, loadInto, useScroll } from './use-scroll.ts';

export interface MessageListProps {
  channel: Channel;
  /** The message being edited in its row. */
  editingId: Id | null;
  onReply: (id: Id) => void;
  onEdit: (id: Id | null) => void;
  /** Gives the composer the ways to move the list. */
  controls: { current: { toEnd: () => void; toMessage: (id: Id) => void } | null };
}

/** What was said in a channel: only the rows in view are drawn, in both directions without a jump. */
export function MessageList({ channel, editingId, onReply, onEdit, controls }: MessageListProps) {
  const client = useClient();
  const hasAttention = useAttention();
  const isReading = useRef(true);
  const [readUpTo, setMark] = useNewMark(channel.id, isReading.current);
  const rows = useRows(channel.id, readUpTo);
  const scroller = useRef<HTMLElement>(null);
  const scroll = useScroll(channel.id, rows, scroller);
  const [isHeld, markUnread] = useMarkUnread(channel.id, hasAttention, setMark);
  isReading.current = hasAttention && scroll.isAtEnd && !isHeld;
  useFirstLoad(channel.id);
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
  const { window, generation } = rows;
  const isEmpty = rows.rows.length === 0;
  const error = window?.error ?? null;
  if (isEmpty && error !== null) {
    const again = (): void => loadInto(client.loadMessages(channel.id, 'latest'));
    return (
      <div className={styles.scroller}>
        <Blank level={2} icon={<CloudOff size={34} />} title={t('messages.failed.title')} note={sayError(error)}>
          <Button isBusy={window?.loading !== null} onClick={again}>
            {t('retry')}
          </Button>
        </Blank>
      </div>
    );
  }
  if (isEmpty && (window === undefined || window.loading !== null)) {
    return (
      <div className={styles.loading}>
        <Bones kind="messages" count={7} label={t('messages.loading')} />
      </div>
    );
  }
  return (
    <div className={styles.area}>
      <ListBars channelId={channel.id} rows={rows} scroll={scroll} readUpTo={readUpTo} />
      <section
        ref={scroller}
        className={styles.scroller}
        aria-label={t('messages.in', channel.name)}
        onKeyDown={(event) => moveFocus(event, scroll)}
      >
        <div className={styles.spacer} />
        {isEmpty && window?.hasBefore === false ? <Beginning channel={channel} isEmpty /> : null}
        <Virtualizer
          key={generation}
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
              beginning={at === 0 && window?.hasBefore === false ? channel : null}
              serverId={channel.server_id ?? null}
              isLit={row.kind === 'message' && row.message.id === scroll.litId}
              isEditing={row.kind === 'message' && row.message.id === editingId}
              onReply={onReply}
              onEdit={onEdit}
              onUnread={markUnread}
              onJump={scroll.toMessage}
            />
          ))}
        </Virtualizer>
      </section>
    </div>
  );
}

/**
 * Marking a message unread while looking at it: nothing here is read again until the reader has looked away once.
 * Without that, what was marked would be read in the same moment.
 */
function useMarkUnread(
  channelId: Id,
  hasAttention: boolean,
  setMark: (mark: Id | null) => void,
): [boolean, (message: Message) => void] {
  const client = useClient();
  const say = useToast();
  const [isHeld, setIsHeld] = useState(false);
  useEffect(() => {
    if (!hasAttention) setIsHeld(false);
  }, [hasAttention]);
  const mark = useCallback(
    (message: Message) => {
      const ids = client.store.getState().windows.get(channelId)?.ids ?? [];
      setMark(ids[ids.indexOf(message.id) - 1] ?? null);
      setIsHeld(true);
      client.markUnread(channelId, message.id).catch((error: unknown) => say(sayError(error)));
    },
    [client, channelId, setMark, say],
  );
  return [isHeld, mark];
}

/** Asks for messages when there are none, or when some were missed. */
function useFirstLoad(channelId: Id): void {
  const client = useClient();
  const needsLoad = useSelect((state) => select.needsLoad(state, channelId));
  useEffect(() => {
    if (needsLoad) loadInto(client.loadMessages(channelId, 'latest'));
  }, [client, channelId, needsLoad]);
}

/** What is looked at is read. */
function useAck(channelId: Id, isReading: boolean): void {
  const client = useClient();
  const unread = useSelect((state) => state.reads.get(channelId)?.unread ?? 0);
  const lastId = useSelect((state) => state.windows.get(channelId)?.ids.at(-1));
  useEffect(() => {
    if (isReading && unread > 0 && lastId !== undefined) client.ack(channelId, lastId);
  }, [client, channelId, isReading, unread, lastId]);
}

/** Up and down go from message to message; each can be acted on from there. */
function moveFocus(event: KeyboardEvent<HTMLElement>, scroll: ListScroll): void {
  const target = event.target as HTMLElement;
  const here = target.closest<HTMLElement>('[data-row]');
  if (here === null || target !== here) return;
  if (event.key === 'End') {
    event.preventDefault();
    scroll.toEnd();
    return;
  }
  const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  const next = all[all.indexOf(here) + step];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}
