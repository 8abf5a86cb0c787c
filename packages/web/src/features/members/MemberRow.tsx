import { select } from '@snug/client';
import type { Id } from '@snug/protocol';
import { Crown } from 'lucide-react';
import { memo } from 'react';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Hidden } from '../../ui/Hidden.tsx';
import { join } from '../../ui/join.ts';
import { Face } from '../users/Face.tsx';
import { UserCard } from '../users/UserCard.tsx';
import { useStatus } from '../users/use-status.ts';
import styles from './MembersPane.module.css';

export const MemberRow = memo(function MemberRow({ userId, serverId }: { userId: Id; serverId: Id | null }) {
  const name = useSelect((state) => select.memberName(state, serverId, userId));
  const custom = useSelect((state) => state.users.get(userId)?.custom_status ?? '');
  const isBot = useSelect((state) => state.users.get(userId)?.is_bot === true);
  const isOwner = useSelect((state) => serverId !== null && state.servers.get(serverId)?.owner_id === userId);
  const isAway = useStatus(userId) === 'offline';
  return (
    <li>
      <UserCard userId={userId} serverId={serverId} side="left">
        <button type="button" className={join(styles.member, isAway && styles.away)}>
          <Face userId={userId} name={name} size={32} />
          <span className={styles.who}>
            <span className={styles.name}>
              <span className={styles.called}>{name}</span>
              {isOwner ? <Crown size={14} aria-hidden="true" className={styles.crown} /> : null}
              {isOwner ? <Hidden>{t('member.owner')}</Hidden> : null}
              {isBot ? <span className={styles.tag}>{t('member.bot')}</span> : null}
            </span>
            {custom === '' ? null : <span className={styles.status}>{custom}</span>}
          </span>
        </button>
      </UserCard>
    </li>
  );
});
