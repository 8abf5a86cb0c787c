import { select } from '@snug/client';
import type { Id } from '@snug/protocol';
import { sayDay } from '../../app/say-time.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { useMemberName } from '../users/use-member-name.ts';
import styles from './FriendsPage.module.css';
import { PersonRow } from './PersonRow.tsx';
import { usePersonActs } from './use-person-acts.ts';

export function BlockedPeople() {
  const ids = useSelect(select.blocked);
  if (ids.length === 0) return <p className={styles.empty}>{t('friends.blocked.none')}</p>;
  return (
    <ul aria-label={t('friends.blocked')}>
      {ids.map((id) => (
        <Blocked key={id} userId={id} />
      ))}
    </ul>
  );
}

function Blocked({ userId }: { userId: Id }) {
  const name = useMemberName(null, userId);
  const since = useSelect((state) => state.relationships.get(userId)?.since ?? '');
  const acts = usePersonActs(userId, name);
  return (
    <PersonRow userId={userId} note={t('friends.since', sayDay(new Date(since)))}>
      <Button aria-label={t('block.remove.of', name)} onClick={acts.unblock}>
        {t('block.remove')}
      </Button>
    </PersonRow>
  );
}
