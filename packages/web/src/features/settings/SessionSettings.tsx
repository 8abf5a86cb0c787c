import type { Session } from '@snug/protocol';
import { useCallback, useEffect, useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { sayAgo, sayExact } from '../../app/say-time.ts';
import { useClient } from '../../app/use-snug.ts';
import { useSubmit } from '../../app/use-submit.ts';
import { t } from '../../strings/t.ts';
import { Bones } from '../../ui/Bones.tsx';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { describeAgent } from './describe-agent.ts';
import styles from './Settings.module.css';

/** Where this account is signed in. Ending a session closes its connections at once. */
export function SessionSettings() {
  const client = useClient();
  const submit = useSubmit();
  const { run } = submit;
  const [sessions, setSessions] = useState<readonly Session[] | null>(null);
  const load = useCallback(
    () =>
      run(async () => {
        setSessions((await client.call('auth.sessions', {})).items);
      }),
    [client, run],
  );
  useEffect(() => void load(), [load]);
  const revoke = async (sessionId: string): Promise<void> => {
    const worked = await run(async () => {
      await client.call('auth.revoke_session', { session_id: sessionId });
    });
    if (worked) await load();
  };
  const now = new Date();
  return (
    <div className={styles.form}>
      <p className={styles.muted}>{t('sessions.note')}</p>
      {submit.error === undefined ? null : <Notice kind="problem">{sayError(submit.error)}</Notice>}
      {sessions === null && submit.error === undefined ? <Bones kind="lines" count={3} label={t('loading')} /> : null}
      <ul>
        {sessions?.map((session) => (
          <li key={session.id} className={styles.session}>
            <div>
              <p>
                <strong>{describeAgent(session.user_agent)}</strong>
              </p>
              <p className={styles.muted} title={sayExact(new Date(session.last_seen_at))}>
                {session.address} ·{' '}
                {session.is_current ? t('sessions.current') : sayAgo(new Date(session.last_seen_at), now)}
              </p>
            </div>
            {session.is_current ? null : (
              <Button isBusy={submit.isBusy} onClick={() => void revoke(session.id)}>
                {t('sessions.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
