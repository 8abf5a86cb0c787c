import { type State, select } from '@snug/client';
import type { Channel } from '@snug/protocol';
import { sayWhen } from '../../app/say-time.ts';
import { useAttempt } from '../../app/use-attempt.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { useOwnTimeout } from '../moderation/use-own-timeout.ts';
import styles from './Composer.module.css';

/** Where one may not write: why, and what can be done about it. */
export function ClosedComposer({ channel }: { channel: Channel }) {
  const client = useClient();
  const attempt = useAttempt();
  const blocked = useSelect((state) => blockedPartner(state, channel));
  const timeout = useOwnTimeout(channel);
  const isArchived = useSelect((state) => isInArchive(state, channel));
  if (blocked !== null) {
    return (
      <footer className={styles.composer}>
        <div className={styles.closed} id="composer" tabIndex={-1}>
          <p>{t('composer.blocked')}</p>
          <Button onClick={() => attempt(() => client.perform('relationship.delete', { user_id: blocked }))}>
            {t('composer.unblock')}
          </Button>
        </div>
      </footer>
    );
  }
  return (
    <footer className={styles.composer}>
      <p className={styles.closed} id="composer" tabIndex={-1}>
        {timeout !== null
          ? t('timeout.own', sayWhen(timeout, new Date()))
          : isArchived
            ? t('composer.archived')
            : t('composer.closed')}
      </p>
    </footer>
  );
}

function blockedPartner(state: State, channel: Channel): string | null {
  if (channel.type !== 'dm') return null;
  const partner = select.dmPartner(state, channel);
  return select.isBlocked(state, partner) ? partner : null;
}

/** A thread wakes when somebody writes in it, but not while what it hangs under is archived. */
function isInArchive(state: State, { is_archived: isArchived, parent_id: parentId }: Channel): boolean {
  return parentId === undefined ? isArchived : state.channels.get(parentId)?.is_archived === true;
}
