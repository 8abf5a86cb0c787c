import { type State, select } from '@snug/client';
import { type Channel, type Id, LIMITS } from '@snug/protocol';
import { SendHorizontal } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { recall, remember } from '../../app/local-memory.ts';
import { sayWhen } from '../../app/say-time.ts';
import { useMedia } from '../../app/use-media.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { join } from '../../ui/join.ts';
import { useOwnTimeout } from '../moderation/use-own-timeout.ts';
import { isSpoken } from './build-rows.ts';
import styles from './Composer.module.css';
import { ReplyBar } from './ReplyBar.tsx';
import { TypingLine } from './TypingLine.tsx';
import { useAutogrow } from './use-autogrow.ts';

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
  const timeout = useOwnTimeout(channel);
  if (!canSend) {
    return (
      <footer className={styles.composer}>
        <p className={styles.closed} id="composer" tabIndex={-1}>
          {timeout === null ? t('composer.closed') : t('timeout.own', sayWhen(timeout, new Date()))}
        </p>
      </footer>
    );
  }
  return <OpenComposer {...props} />;
}

function OpenComposer({ channel, replyTo, onCancelReply, onSent, onEdit }: ComposerProps) {
  const client = useClient();
  const [content, setContent] = useDraft(channel.id);
  const box = useRef<HTMLTextAreaElement>(null);
  const isTouch = useMedia('(pointer: coarse)');
  const title = useSelect((state) => select.channelTitle(state, channel.id));
  const label = channel.server_id === undefined ? t('composer.dm', title) : t('composer.channel', title);
  const left = LIMITS.MESSAGE_MAX - content.length;
  const isReady = content.trim() !== '' && left >= 0;
  useAutogrow(box, content);
  useTypingAnywhere(box, isTouch);
  useEffect(() => {
    if (replyTo !== null) box.current?.focus();
  }, [replyTo]);
  const type = (words: string): void => {
    setContent(words);
    if (words !== '') client.typing(channel.id);
  };
  const send = (): void => {
    if (!isReady) return;
    client.outbox.send({ channel_id: channel.id, content, ...(replyTo !== null && { reply_to_id: replyTo }) });
    setContent('');
    onCancelReply();
    onSent();
    box.current?.focus();
  };
  const onKeyDown = composerKeys({
    send: isTouch ? null : send,
    cancelReply: replyTo === null ? null : onCancelReply,
    lastOwn: () => (content === '' ? lastOwn(client.store.getState(), channel.id) : null),
    edit: onEdit,
  });
  return (
    <footer className={styles.composer}>
      {replyTo === null ? null : <ReplyBar channel={channel} messageId={replyTo} onCancel={onCancelReply} />}
      <div className={join(styles.field, replyTo !== null && styles.joined)}>
        <textarea
          ref={box}
          id="composer"
          className={styles.box}
          rows={1}
          dir="auto"
          aria-label={label}
          aria-describedby={left < COUNT_FROM ? 'composer-left' : undefined}
          aria-invalid={left < 0}
          placeholder={label}
          value={content}
          onChange={(event) => type(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <Left left={left} />
        <IconButton
          label={t('composer.send')}
          className={join(styles.send, isReady && styles.ready)}
          aria-disabled={!isReady}
          onClick={send}
        >
          <SendHorizontal size={19} aria-hidden="true" />
        </IconButton>
      </div>
      <TypingLine channelId={channel.id} />
    </footer>
  );
}

interface ComposerKeys {
  /** Null on a touch screen: Enter starts a line there. */
  send: (() => void) | null;
  /** Null while nothing is being answered. */
  cancelReply: (() => void) | null;
  /** The message that the up arrow edits, if it does. */
  lastOwn: () => Id | null;
  edit: (id: Id) => void;
}

function composerKeys({ send, cancelReply, lastOwn, edit }: ComposerKeys) {
  return (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey && send !== null) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape') {
      cancelReply?.();
    } else if (event.key === 'ArrowUp') {
      const last = lastOwn();
      if (last === null) return;
      event.preventDefault();
      edit(last);
    }
  };
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

/** What is half written stays with its channel, over reloads too. */
function useDraft(channelId: Id): [string, (content: string) => void] {
  const [content, setContent] = useState(() => recall(`draft.${channelId}`) ?? '');
  useEffect(() => {
    const timer = setTimeout(() => remember(`draft.${channelId}`, content), content === '' ? 0 : 400);
    return () => clearTimeout(timer);
  }, [channelId, content]);
  return [content, setContent];
}

/** Typing anywhere on the page that takes no text writes here. On a touch screen it would only raise the keyboard. */
function useTypingAnywhere(box: RefObject<HTMLTextAreaElement | null>, isTouch: boolean): void {
  useEffect(() => {
    if (isTouch) return;
    box.current?.focus();
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1 || event.key === ' ') return;
      if (event.target !== document.body || document.querySelector('dialog[open]') !== null) return;
      box.current?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [box, isTouch]);
}

/** The newest loaded message of the signed-in user, to be edited. */
function lastOwn(state: State, channelId: Id): Id | null {
  const window = state.windows.get(channelId);
  const messages = state.messages.get(channelId);
  return (
    window?.ids.findLast((id) => {
      const message = messages?.get(id);
      return message !== undefined && message.author_id === state.me?.id && isSpoken(message);
    }) ?? null
  );
}
