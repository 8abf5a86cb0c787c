import type { Id, Role } from '@snug/protocol';
import { Plus } from 'lucide-react';
import { Link } from 'wouter';
import { paths } from '../../app/paths.ts';
import { sayError } from '../../app/say-error.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { useSubmit } from '../../app/use-submit.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { ListRow } from '../../ui/ListRow.tsx';
import { MoveButtons } from '../../ui/MoveButtons.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { SettingsPage } from '../servers/SettingsPage.tsx';
import { useDialogs } from '../shell/dialogs.ts';
import { RoleName } from './RoleName.tsx';
import { moveRole } from './role-order.ts';
import { isAboveRole, ownRank } from './standing.ts';

const NO_ROLES: readonly Role[] = [];

/** The roles of a server, the highest first. */
export function RolesPage({ serverId }: { serverId: Id }) {
  const client = useClient();
  const submit = useSubmit();
  const open = useDialogs();
  const roles = useSelect((state) => state.roles.get(serverId) ?? NO_ROLES);
  const mine = useSelect((state) => ownRank(state, serverId).position);
  const isOwner = useSelect((state) => ownRank(state, serverId).isOwner);
  const mayPass = (role: Role): boolean => isOwner || role.position < mine;
  const move = (roleId: Id, step: 1 | -1): void => {
    const order = moveRole(roles, roleId, step, mayPass);
    if (order === null) return;
    void submit.run(async () => {
      await client.perform('role.reorder', { server_id: serverId, role_ids: order });
    });
  };
  return (
    <SettingsPage
      title={t('serverSettings.roles')}
      note={t('role.list.note')}
      action={
        <Button kind="primary" onClick={() => open({ kind: 'create-role', serverId })}>
          <Plus size={17} aria-hidden="true" />
          {t('role.create')}
        </Button>
      }
    >
      {submit.error === undefined ? null : <Notice kind="problem">{sayError(submit.error)}</Notice>}
      <ul aria-label={t('serverSettings.roles')}>
        {roles.map((role) => (
          <RoleRow
            key={role.id}
            role={role}
            canMove={(step) => moveRole(roles, role.id, step, mayPass) !== null}
            onMove={(step) => move(role.id, step)}
          />
        ))}
      </ul>
    </SettingsPage>
  );
}

interface RoleRowProps {
  role: Role;
  canMove: (step: 1 | -1) => boolean;
  onMove: (step: 1 | -1) => void;
}

function RoleRow({ role, canMove, onMove }: RoleRowProps) {
  const mayEdit = useSelect((state) => isAboveRole(state, role));
  const name = <RoleName role={role} />;
  return (
    <ListRow
      title={mayEdit ? <Link href={paths.serverSettings(role.server_id, 'roles', role.id)}>{name}</Link> : name}
      note={role.is_default ? t('role.everyone') : mayEdit ? undefined : t('role.above')}
    >
      {role.is_default || !mayEdit ? null : <MoveButtons name={role.name} canMove={canMove} onMove={onMove} />}
    </ListRow>
  );
}
