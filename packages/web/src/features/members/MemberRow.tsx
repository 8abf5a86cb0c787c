import { select } from '@snug/client';
import type { Id } from '@snug/protocol';
import { Crown } from 'lucide-react';
import { memo, type ReactElement } from 'react';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Hidden } from '../../ui/Hidden.tsx';
import { join } from '../../ui/join.ts';
import { RightClickMenu } from '../../ui/Menu.tsx';
import { Colored } from '../roles/Colored.tsx';
import { Face } from '../users/Face.tsx';
import { UserCard } from '../users/UserCard.tsx';
import { useStatus } from '../users/use-status.ts';
import styles from './MembersPane.module.css';
import { hasActs, useMemberMenu } from './use-member-menu.tsx';

export const MemberRow = memo(function MemberRow({ userId, serverId }: { userId: Id; serverId: Id | null }) {
  const name = useSelect((state) => select.memberName(state, serverId, userId));
  const custom = useSelect((state) => state.users.get(userId)?.custom_status ?? '');
  const isBot = useSelect((state) => state.users.get(userId)?.is_bot === true);
  const isOwner = useSelect((state) => serverId !== null && state.servers.get(serverId)?.owner_id === userId);
  const color = useSelect((state) => (serverId === null ? null : select.memberColor(state, serverId, userId)) ?? 0);
  const isAway = useStatus(userId) === 'offline';
  const row = (
    <li>
      <UserCard userId={userId} serverId={serverId} side="left">
        <button type="button" className={join(styles.member, isAway && styles.away)}>
          <Face userId={userId} name={name} size={32} />
          <span className={styles.who}>
            <span className={styles.name}>
              <Colored color={color} className={styles.called}>
                {name}
              </Colored>
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
  return serverId === null ? row : <ActingOn userId={userId} serverId={serverId} name={name} row={row} />;
});

interface ActingOnProps {
  userId: Id;
  serverId: Id;
  name: string;
  row: ReactElement;
}

/** A row with the menu of a member under the right button, where that would hold anything. */
function ActingOn({ userId, serverId, name, row }: ActingOnProps) {
  const menuOf = useMemberMenu(serverId);
  const member = useSelect((state) => state.members.get(serverId)?.get(userId));
  const mayAct = useSelect((state) => member !== undefined && hasActs(state, serverId, member));
  if (member === undefined || !mayAct) return row;
  return (
    <RightClickMenu groups={() => menuOf(member, name)} label={t('member.menu', name)}>
      {row}
    </RightClickMenu>
  );
}
