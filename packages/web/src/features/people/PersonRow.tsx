import type { Id } from '@snug/protocol';
import type { ReactNode } from 'react';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { ListRow } from '../../ui/ListRow.tsx';
import { Face } from '../users/Face.tsx';
import { UserCard } from '../users/UserCard.tsx';
import { useMemberName } from '../users/use-member-name.ts';
import styles from './PersonRow.module.css';

/** Somebody in a list of people: face and name open their card, what can be done stands at the end. */
export function PersonRow(props: { userId: Id; note?: ReactNode; children?: ReactNode }) {
  const { userId, note, children } = props;
  const name = useMemberName(null, userId);
  const username = useSelect((state) => state.users.get(userId)?.username ?? '');
  return (
    <ListRow
      lead={<Face userId={userId} name={name} size={40} />}
      title={
        <UserCard userId={userId} serverId={null}>
          <button type="button" className={styles.name}>
            {name}
          </button>
        </UserCard>
      }
      note={
        <>
          {username === '' ? null : <span>{t('mention.user', username)}</span>}
          {note === undefined ? null : <span> · {note}</span>}
        </>
      }
    >
      {children}
    </ListRow>
  );
}
