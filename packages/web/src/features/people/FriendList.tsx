import { select } from '@snug/client';
import type { Id } from '@snug/protocol';
import { MessageCircle } from 'lucide-react';
import { sayDay } from '../../app/say-time.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { useMemberName } from '../users/use-member-name.ts';
import styles from './FriendsPage.module.css';
import { PersonMenu } from './PersonMenu.tsx';
import { PersonRow } from './PersonRow.tsx';
import { usePersonActs } from './use-person-acts.ts';

export function FriendList() {
  const ids = useSelect(select.friends);
  if (ids.length === 0) return <p className={styles.empty}>{t('friends.none')}</p>;
  return (
    <ul aria-label={t('friends')}>
      {ids.map((id) => (
        <Friend key={id} userId={id} />
      ))}
    </ul>
  );
}

function Friend({ userId }: { userId: Id }) {
  const name = useMemberName(null, userId);
  const since = useSelect((state) => state.relationships.get(userId)?.since);
  const acts = usePersonActs(userId, name);
  return (
    <PersonRow userId={userId} note={since === undefined ? undefined : t('friends.since', sayDay(new Date(since)))}>
      <IconButton label={t('friend.message.of', name)} onClick={acts.write}>
        <MessageCircle size={18} aria-hidden="true" />
      </IconButton>
      <PersonMenu userId={userId} name={name} />
    </PersonRow>
  );
}
