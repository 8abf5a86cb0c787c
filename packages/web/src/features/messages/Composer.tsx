import { select } from '@snug/client';
import { type Channel, type Id, LIMITS } from '@snug/protocol';
import { SendHorizontal } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import { useMedia } from '../../app/use-media.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { join } from '../../ui/join.ts';
import { ClosedComposer } from './ClosedComposer.tsx';
import styles from './Composer.module.css';
import { composerKeys } from './composer-keys.ts';
import { lastOwn } from './last-own.ts';
import { ReplyBar } from './ReplyBar.tsx';
import { SuggestionList } from './SuggestionList.tsx';
import { TypingLine } from './TypingLine.tsx';
import { useAutogrow } from './use-autogrow.ts';
import { useDraft } from './use-draft.ts';
import { type Naming, useNaming } from './use-naming.ts';
import { type SlowMode, useSlowMode } from './use-slow-mode.ts';
import { useTypingAnywhere } from './use-typing-anywhere.ts';

/** With fewer characters left than this, they are counted. */
const COUNT_FROM = 300;

export interface ComposerProps {
  channel: Channel;
  replyTo: Id | null;
  onCancelReply: () => void;
  /** Something was said: the list goes to its end. */
  onSent: () => void;
  onEdit: (id: Id) => void;
}

/** Where one writes. Enter sends, Shift+Enter starts a line, the up arrow edits what one said last. */
export function Composer(props: ComposerProps) {
  const { channel } = props;
  const canSend = useSelect((state) => select.canSend(state, channel.id));
  return canSend ? <OpenComposer {...props} /> : <ClosedComposer channel={channel} />;
}

function OpenComposer(props: ComposerProps) {
  const { channel, replyTo, onCancelReply } = props;
  const box = useRef<HTMLTextAreaElement>(null);
  const label = useLabel(channel);
  const slow = useSlowMode(channel);
  const writing = useWriting(props, box, slow.left === 0);
  const { content, left, isReady, naming } = writing;
  useAutogrow(box, content);
  useEffect(() => {
    if (replyTo !== null) box.current?.focus();
  }, [replyTo]);
  return (
    <footer className={styles.composer}>
      {replyTo === null ? null : <ReplyBar channel={channel} messageId={replyTo} onCancel={onCancelReply} />}
      <div className={join(styles.field, replyTo !== null && styles.joined)}>
        <SuggestionList
          id={naming.listId}
          list={naming.list}
          at={naming.at}
          onPoint={naming.point}
          onChoose={naming.choose}
        />
        <WritingBox box={box} label={label} writing={writing} />
        <Left left={left} />
        <IconButton
          label={t('composer.send')}
          className={join(styles.send, isReady && styles.ready)}
          aria-disabled={!isReady}
          onClick={writing.send}
        >
          <SendHorizontal size={19} aria-hidden="true" />
        </IconButton>
      </div>
      <ComposerNote channel={channel} slow={slow} />
    </footer>
  );
}

interface Writing {
  readonly content: string;
  /** Characters that still fit; below 0 where there are too many. */
  readonly left: number;
  readonly isReady: boolean;
  readonly naming: Naming;
  readonly write: (words: string) => void;
  readonly send: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** What is being written, and what becomes of it. */
function useWriting(props: ComposerProps, box: RefObject<HTMLTextAreaElement | null>, mayGo: boolean): Writing {
  const { channel, replyTo, onCancelReply, onSent, onEdit } = props;
  const client = useClient();
  const isTouch = useMedia('(pointer: coarse)');
  const [content, setContent] = useDraft(channel.id);
  const left = LIMITS.MESSAGE_MAX - content.length;
  const isReady = content.trim() !== '' && left >= 0 && mayGo;
  const write = (words: string): void => {
    setContent(words);
    if (words === '') client.typingStopped(channel.id);
    else client.typing(channel.id);
  };
  const naming = useNaming(channel, box, content, write);
  useTypingAnywhere(box, isTouch);
  // Who goes elsewhere types here no more.
  useEffect(() => () => client.typingStopped(channel.id), [client, channel.id]);
  const send = (): void => {
    if (!isReady) return;
    client.outbox.send({ channel_id: channel.id, content, ...(replyTo !== null && { reply_to_id: replyTo }) });
    setContent('');
    onCancelReply();
    onSent();
    box.current?.focus();
  };
  const onKeyDown = composerKeys({
    naming: naming.onKey,
    send: isTouch ? null : send,
    cancelReply: replyTo === null ? null : onCancelReply,
    lastOwn: () => (content === '' ? lastOwn(client.store.getState(), channel.id) : null),
    edit: onEdit,
  });
  return { content, left, isReady, naming, write, send, onKeyDown };
}

function useLabel({ id, server_id: serverId, parent_id: parentId }: Channel): string {
  const title = useSelect((state) => select.channelTitle(state, id));
  return serverId === undefined || parentId !== undefined ? t('composer.dm', title) : t('composer.channel', title);
}

interface WritingBoxProps {
  box: RefObject<HTMLTextAreaElement | null>;
  label: string;
  writing: Writing;
}

function WritingBox({ box, label, writing: { content, left, naming, write, onKeyDown } }: WritingBoxProps) {
  const isNaming = naming.list.length > 0;
  return (
    <textarea
      ref={box}
      id="composer"
      className={styles.box}
      rows={1}
      dir="auto"
      aria-label={label}
      aria-describedby={left < COUNT_FROM ? 'composer-left' : undefined}
      aria-invalid={left < 0}
      aria-autocomplete="list"
      aria-controls={isNaming ? naming.listId : undefined}
      aria-activedescendant={isNaming ? `${naming.listId}-${naming.at}` : undefined}
      placeholder={label}
      value={content}
      onChange={(event) => {
        write(event.target.value);
        naming.onCaret(event.target.selectionStart);
      }}
      onSelect={(event) => naming.onCaret(event.currentTarget.selectionStart)}
      onKeyDown={onKeyDown}
    />
  );
}

/** Under the text: how slow mode stands, that an archived thread wakes, who is writing. */
function ComposerNote({ channel, slow }: { channel: Channel; slow: SlowMode }) {
  const isAsleep = channel.parent_id !== undefined && channel.is_archived;
  return (
    <div className={styles.under}>
      <TypingLine channelId={channel.id} />
      {isAsleep ? <p className={styles.note}>{t('thread.archived')}</p> : null}
      {slow.delay === 0 ? null : (
        <p className={styles.note} id="composer-slow">
          {slow.left > 0 ? t('composer.slow.wait', slow.left) : t('composer.slow', slow.delay)}
        </p>
      )}
    </div>
  );
}

/** How many characters are left, once there are few. */
function Left({ left }: { left: number }) {
  if (left >= COUNT_FROM) return null;
  return (
    <span id="composer-left" className={join(styles.left, left < 0 && styles.over)} role="status">
      {left < 0 ? t('composer.tooLong', -left) : t('composer.left', left)}
    </span>
  );
}
