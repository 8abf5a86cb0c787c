import { InstanceAuditAction, type InstanceAuditEntry } from '@snug/protocol';
import { useCallback, useState } from 'react';
import { Paged } from '../../app/Paged.tsx';
import { sayAgo, sayExact } from '../../app/say-time.ts';
import { type PageStart, usePages } from '../../app/use-pages.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Choice } from '../../ui/Field.tsx';
import { ListRow } from '../../ui/ListRow.tsx';
import styles from './AdminPage.module.css';
import { sayAct } from './say-act.ts';

const ANYTHING = '';

/** Who did what to the instance, the latest first. */
export function InstanceAudit() {
  const client = useClient();
  const [action, setAction] = useState<string>(ANYTHING);
  const load = useCallback(
    ({ last }: PageStart<InstanceAuditEntry>) =>
      client.call('admin.audit', {
        ...(action === ANYTHING ? {} : { action: action as InstanceAuditAction }),
        ...(last === null ? {} : { before: last.id }),
      }),
    [client, action],
  );
  const pages = usePages(load);
  const now = new Date();
  return (
    <>
      <p className={styles.muted}>{t('instanceAudit.note')}</p>
      <Choice
        label={t('instanceAudit.what')}
        value={action}
        options={[
          { value: ANYTHING, label: t('instanceAudit.anything') },
          ...InstanceAuditAction.options.map((one) => ({ value: one, label: t(`instanceAudit.kind.${one}`) })),
        ]}
        onChoose={setAction}
      />
      <Paged pages={pages} label={t('admin.audit')} empty={t('instanceAudit.none')}>
        {(entry) => (
          <ListRow
            key={entry.id}
            title={sayAct(entry)}
            note={
              <span title={sayExact(new Date(entry.at))}>
                {t('instanceAudit.by', sayActor(entry), sayAgo(new Date(entry.at), now))}
                {entry.reason === '' ? null : ` · ${entry.reason}`}
              </span>
            }
          />
        )}
      </Paged>
    </>
  );
}

function sayActor({ actor_id, actor_username }: InstanceAuditEntry): string {
  if (actor_id === null) return t('instanceAudit.console');
  return actor_username === null ? t('instanceAudit.gone') : `@${actor_username}`;
}
