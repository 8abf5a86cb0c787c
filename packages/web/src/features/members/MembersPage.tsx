import type { Id, MemberWithUser, Role } from '@snug/protocol';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { Paged } from '../../app/Paged.tsx';
import { sayWhen } from '../../app/say-time.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Choice, Field } from '../../ui/Field.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { ListRow } from '../../ui/ListRow.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { Colored } from '../roles/Colored.tsx';
import { RoleName } from '../roles/RoleName.tsx';
import { SettingsPage } from '../servers/SettingsPage.tsx';
import { isTimedOut } from './is-timed-out.ts';
import styles from './MembersPage.module.css';
import { nameOf } from './name-of.ts';
import { hasActs, useMemberMenu } from './use-member-menu.tsx';
import { useMembers } from './use-members.ts';

const NO_ROLES: readonly Role[] = [];

/** Who is in a server, to be found by name or role, and what may be done about each. */
export function MembersPage({ serverId }: { serverId: Id }) {
  const [query, setQuery] = useState('');
  const [roleId, setRoleId] = useState('');
  const roles = useSelect((state) => state.roles.get(serverId) ?? NO_ROLES);
  const count = useSelect((state) => state.servers.get(serverId)?.member_count ?? 0);
  const pages = useMembers(serverId, { query, roleId: roleId === '' ? null : roleId });
  const options = roles.filter((role) => !role.is_default).map((role) => ({ value: role.id, label: role.name }));
  return (
    <SettingsPage title={t('serverSettings.members')} note={t('members', count)}>
      <search className={styles.filter}>
        <Field
          label={t('member.find')}
          placeholder={t('member.find.example')}
          autoComplete="off"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        <Choice
          label={t('member.role.filter')}
          value={roleId}
          options={[{ value: '', label: t('member.role.any') }, ...options]}
          onChoose={setRoleId}
        />
      </search>
      <Paged
        pages={pages}
        label={t('serverSettings.members')}
        empty={query === '' ? t('role.members.none') : t('member.none')}
        bones="people"
      >
        {(member) => <MemberListRow key={member.user_id} member={member} roles={roles} />}
      </Paged>
    </SettingsPage>
  );
}

function MemberListRow({ member, roles }: { member: MemberWithUser; roles: readonly Role[] }) {
  const { server_id: serverId, user_id: userId } = member;
  const name = nameOf(member);
  const menuOf = useMemberMenu(serverId);
  const mayAct = useSelect((state) => hasActs(state, serverId, member));
  const isOwner = useSelect((state) => state.servers.get(serverId)?.owner_id === userId);
  const held = roles.filter((role) => member.role_ids.includes(role.id));
  const coloured = held.find((role) => role.color !== 0);
  return (
    <ListRow
      lead={<Avatar id={userId} name={name} size={32} />}
      title={
        <>
          <Colored color={coloured?.color ?? 0} title={coloured?.name}>
            {name}
          </Colored>{' '}
          <span className={styles.handle}>@{member.user.username}</span>
        </>
      }
      note={
        <span className={styles.notes}>
          {isOwner ? <span>{t('member.owner.word')}</span> : null}
          {held.map((role) => (
            <RoleName key={role.id} role={role} isChip />
          ))}
          {member.is_muted ? <span>{t('member.muted')}</span> : null}
          {member.is_deafened ? <span>{t('member.deafened')}</span> : null}
          {isTimedOut(member, Date.now()) ? (
            <span className={styles.timeout}>
              {t('member.timeout.until', sayWhen(new Date(member.timed_out_until ?? 0), new Date()))}
            </span>
          ) : null}
        </span>
      }
    >
      {mayAct ? (
        <Menu groups={() => menuOf(member, name)} label={t('member.menu', name)} align="end">
          <IconButton label={t('member.menu', name)}>
            <Ellipsis size={18} aria-hidden="true" />
          </IconButton>
        </Menu>
      ) : null}
    </ListRow>
  );
}
