import type { State } from '@snug/client';
import type { Id, Role } from '@snug/protocol';
import { Clock, ShieldEllipsis } from 'lucide-react';
import { sameList } from '../../app/same.ts';
import { sayWhen } from '../../app/say-time.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { RoleName } from '../roles/RoleName.tsx';
import { isTimedOut } from './is-timed-out.ts';
import styles from './MemberCardPart.module.css';
import { hasActs, useMemberMenu } from './use-member-menu.tsx';

/** What somebody is in a server, on their card: roles, a timeout, and what may be done about them. */
export function MemberCardPart({ userId, serverId, name }: { userId: Id; serverId: Id; name: string }) {
  const menuOf = useMemberMenu(serverId);
  const member = useSelect((state) => state.members.get(serverId)?.get(userId));
  const roles = useSelect((state) => rolesOf(state, serverId, userId), sameList);
  const mayAct = useSelect((state) => member !== undefined && hasActs(state, serverId, member));
  if (member === undefined) return null;
  return (
    <div className={styles.part}>
      {roles.length === 0 ? null : (
        <ul aria-label={t('member.roles')} className={styles.roles}>
          {roles.map((role) => (
            <li key={role.id}>
              <RoleName role={role} isChip />
            </li>
          ))}
        </ul>
      )}
      {isTimedOut(member, Date.now()) ? (
        <p className={styles.timeout}>
          <Clock size={15} aria-hidden="true" />
          {t('member.timeout.until', sayWhen(new Date(member.timed_out_until ?? 0), new Date()))}
        </p>
      ) : null}
      {mayAct ? (
        <Menu groups={() => menuOf(member, name)} label={t('member.menu', name)}>
          <Button isWide>
            <ShieldEllipsis size={17} aria-hidden="true" />
            {t('member.manage')}
          </Button>
        </Menu>
      ) : null}
    </div>
  );
}

/** The roles somebody holds besides @everyone, the highest first. */
function rolesOf(state: State, serverId: Id, userId: Id): readonly Role[] {
  const held = new Set(state.members.get(serverId)?.get(userId)?.role_ids);
  return (state.roles.get(serverId) ?? []).filter((role) => held.has(role.id));
}
