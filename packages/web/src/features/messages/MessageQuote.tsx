import type { Id, Message } from '@snug/protocol';
import { useMemo } from 'react';
import { sayExact, sayWhen } from '../../app/say-time.ts';
import { t } from '../../strings/t.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import styles from './MessageQuote.module.css';
import { MentionScope } from './mention-scope.ts';
import { RichText } from './RichText.tsx';

export interface MessageQuoteProps {
  message: Message;
  serverId: Id | null;
  /** How its author is called there. */
  name: string;
}

/** A message outside its channel: in a list of pins, in the inbox, in a report. */
export function MessageQuote({ message, serverId, name }: MessageQuoteProps) {
  const { mentions: users, mention_roles: roles } = message;
  const scope = useMemo(() => ({ serverId, users, roles }), [serverId, users, roles]);
  const at = new Date(message.created_at);
  return (
    <div className={styles.quote}>
      <p className={styles.head}>
        <Avatar id={message.author_id} name={name} size={28} />
        <span className={styles.author}>{name}</span>
        <time className={styles.time} dateTime={message.created_at} title={sayExact(at)}>
          {sayWhen(at, new Date())}
        </time>
        {message.is_edited ? <span className={styles.time}>{t('message.edited')}</span> : null}
      </p>
      <div className={styles.text}>
        <MentionScope value={scope}>
          <RichText content={message.content} />
        </MentionScope>
      </div>
    </div>
  );
}
