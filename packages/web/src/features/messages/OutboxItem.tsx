import type { OutboxEntry } from '@snug/client';
import { useMemo } from 'react';
import { sayError } from '../../app/say-error.ts';
import { sayClock } from '../../app/say-time.ts';
import { useSecondsLeft } from '../../app/use-now.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { Hidden } from '../../ui/Hidden.tsx';
import { join } from '../../ui/join.ts';
import { MentionScope } from './mention-scope.ts';
import styles from './OutboxItem.module.css';
import { RichText } from './RichText.tsx';
import look from './SpokenItem.module.css';

/** Something this person said that the server has not given back yet: on its way, waiting, or refused with a reason. */
export function OutboxItem({ entry, isGrouped }: { entry: OutboxEntry; isGrouped: boolean }) {
  const me = useSelect((state) => state.me);
  const isAway = useSelect((state) => state.connection.status !== 'online');
  const serverId = useSelect((state) => state.channels.get(entry.channel_id)?.server_id ?? null);
  const scope = useMemo(() => ({ serverId, users: [], roles: [] }), [serverId]);
  const name = me?.display_name ?? '';
  const at = new Date(entry.created_at);
  const isRefused = entry.state === 'refused';
  const isOnItsWay = entry.state === 'queued' || entry.state === 'sent' || entry.state === 'waiting';
  return (
    <article
      className={join(look.message, isGrouped ? look.grouped : look.head, isOnItsWay && styles.waiting)}
      data-row={entry.nonce}
      data-state={entry.state}
      tabIndex={-1}
    >
      {isGrouped ? (
        <Hidden>{t('message.by', name, sayClock(at))}</Hidden>
      ) : (
        <header className={look.header}>
          <span className={look.author}>
            <span className={look.face}>
              <Avatar id={me?.id ?? ''} name={name} />
            </span>
            {name}
          </span>
          <time className={look.time} dateTime={at.toISOString()}>
            {sayClock(at)}
          </time>
        </header>
      )}
      <MentionScope value={scope}>
        <RichText content={entry.content} />
      </MentionScope>
      {entry.state === 'waiting' ? <Waiting entry={entry} /> : null}
      {entry.state === 'queued' || entry.state === 'sent' ? (
        <p className={styles.state}>{isAway ? t('outbox.waiting') : t('outbox.sending')}</p>
      ) : null}
      {isRefused ? <Refused entry={entry} /> : null}
    </article>
  );
}

function Refused({ entry }: { entry: OutboxEntry }) {
  const client = useClient();
  return (
    <div className={styles.refused} role="alert">
      <p>{t('outbox.refused', entry.error === undefined ? '' : sayError(entry.error))}</p>
      <div className={styles.actions}>
        <Button onClick={() => client.outbox.retry(entry.nonce)}>{t('outbox.retry')}</Button>
        <Button kind="plain" onClick={() => client.outbox.discard(entry.nonce)}>
          {t('outbox.discard')}
        </Button>
      </div>
    </div>
  );
}

/** Held back by slow mode: it goes by itself. */
function Waiting({ entry }: { entry: OutboxEntry }) {
  const client = useClient();
  const left = useSecondsLeft(entry.retryAt ?? 0);
  return (
    <div className={styles.refused}>
      <p className={styles.slow}>{t('outbox.slow', left)}</p>
      <Button kind="plain" onClick={() => client.outbox.discard(entry.nonce)}>
        {t('outbox.discard')}
      </Button>
    </div>
  );
}
