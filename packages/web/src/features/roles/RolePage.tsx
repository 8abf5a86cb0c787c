import { type Id, LIMITS, type Role } from '@snug/protocol';
import { paths } from '../../app/paths.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { Check } from '../../ui/Check.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ChangeBar } from '../servers/ChangeBar.tsx';
import { SettingsClosed } from '../servers/SettingsClosed.tsx';
import { SettingsPage, SettingsSection } from '../servers/SettingsPage.tsx';
import { useChanges } from '../servers/use-changes.ts';
import { useDialogs } from '../shell/dialogs.ts';
import { RoleColor } from './RoleColor.tsx';
import { RoleMembers } from './RoleMembers.tsx';
import { RolePermissions } from './RolePermissions.tsx';
import { isAboveRole } from './standing.ts';

/** One role: how it looks, what it allows, who has it. */
export function RolePage({ serverId, roleId }: { serverId: Id; roleId: Id }) {
  const open = useDialogs();
  const role = useSelect((state) => state.roles.get(serverId)?.find((one) => one.id === roleId));
  const mayEdit = useSelect((state) => role !== undefined && isAboveRole(state, role));
  if (role === undefined || !mayEdit) return <SettingsClosed serverId={serverId} />;
  return (
    <SettingsPage
      title={t('role.title', role.name)}
      back={{ href: paths.serverSettings(serverId, 'roles'), label: t('role.back') }}
    >
      <RoleForm role={role} />
      {role.is_default ? null : (
        <>
          <SettingsSection title={t('role.members')}>
            <RoleMembers role={role} />
          </SettingsSection>
          <SettingsSection title={t('role.delete')} note={t('role.delete.note')}>
            <Button kind="danger" onClick={() => open({ kind: 'delete-role', serverId, roleId })}>
              {t('role.delete')}
            </Button>
          </SettingsSection>
        </>
      )}
    </SettingsPage>
  );
}

type RoleFacts = Pick<Role, 'name' | 'color' | 'permissions' | 'is_mentionable'>;

function factsOf({ name, color, permissions, is_mentionable }: Role): RoleFacts {
  return { name, color, permissions, is_mentionable };
}

function RoleForm({ role }: { role: Role }) {
  const client = useClient();
  const { facts, set, submit, bar } = useChanges(factsOf(role), (change) =>
    client.perform('role.update', { server_id: role.server_id, role_id: role.id, ...change }),
  );
  return (
    <form onSubmit={submit}>
      {role.is_default ? (
        <Notice kind="news">{t('role.everyone')}</Notice>
      ) : (
        <SettingsSection>
          <Field
            label={t('role.name')}
            required
            maxLength={LIMITS.ROLE_NAME_MAX}
            value={facts.name}
            onChange={(event) => set({ name: event.target.value })}
          />
          <RoleColor color={facts.color} onChoose={(color) => set({ color })} />
          <Check
            label={t('role.mentionable')}
            hint={t('role.mentionable.hint')}
            checked={facts.is_mentionable}
            onCheck={(isMentionable) => set({ is_mentionable: isMentionable })}
          />
        </SettingsSection>
      )}
      <SettingsSection title={t('role.permissions')} note={t('role.permissions.note')}>
        <RolePermissions
          serverId={role.server_id}
          permissions={facts.permissions}
          onChange={(permissions) => set({ permissions })}
        />
      </SettingsSection>
      <ChangeBar {...bar} />
    </form>
  );
}
