import { type State, select } from '@snug/client';
import { can, type Id, Permission, type Role } from '@snug/protocol';
import { useCallback, useEffect, useState } from 'react';
import { sameList } from '../../app/same.ts';
import { sayError } from '../../app/say-error.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { useSubmit } from '../../app/use-submit.ts';
import { t } from '../../strings/t.ts';
import { Bones } from '../../ui/Bones.tsx';
import { Check } from '../../ui/Check.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import type { OnMember } from '../moderation/on-member.ts';
import { RoleName } from '../roles/RoleName.tsx';
import { isAboveRole } from '../roles/standing.ts';
import styles from './MemberRolesDialog.module.css';

/** The roles that somebody holds, to be given and taken as far as the signed-in user may. */
export function MemberRolesDialog({ serverId, userId, name, onClose }: OnMember) {
  const client = useClient();
  const submit = useSubmit();
  const { run } = submit;
  const [held, setHeld] = useState<readonly Id[] | null>(null);
  const roles = useSelect((state) => givable(state, serverId), sameList);
  const [chosen, setChosen] = useState<ReadonlySet<Id> | null>(null);
  const load = useCallback(async () => {
    setHeld((await client.call('member.get', { server_id: serverId, user_id: userId })).role_ids);
  }, [client, serverId, userId]);
  useEffect(() => void run(load), [run, load]);
  const now = chosen ?? new Set(held ?? []);
  const choose = (roleId: Id, isChosen: boolean): void =>
    setChosen(new Set(isChosen ? [...now, roleId] : [...now].filter((id) => id !== roleId)));
  const save = async (): Promise<void> => {
    // One by one: what somebody else changes meanwhile in other roles stays as they made it.
    for (const role of roles) {
      const params = { server_id: serverId, user_id: userId, role_id: role.id };
      if (now.has(role.id) && held?.includes(role.id) === false) await client.perform('member.add_role', params);
      if (!now.has(role.id) && held?.includes(role.id) === true) await client.perform('member.remove_role', params);
    }
    onClose();
  };
  return (
    <FormDialog
      title={t('member.roles.title', name)}
      note={roles.length === 0 ? t('member.roles.none') : t('member.roles.note')}
      action={t('save')}
      explain={sayError}
      isReady={held !== null}
      onSubmit={save}
      onClose={onClose}
    >
      {submit.error === undefined ? null : <Notice kind="problem">{sayError(submit.error)}</Notice>}
      {held === null && submit.isBusy ? <Bones kind="lines" count={3} label={t('loading')} /> : null}
      {held === null ? null : (
        <div className={styles.roles}>
          {roles.map((role) => (
            <Check
              key={role.id}
              label={<RoleName role={role} />}
              checked={now.has(role.id)}
              onCheck={(isChosen) => choose(role.id, isChosen)}
            />
          ))}
        </div>
      )}
    </FormDialog>
  );
}

/** Roles that the signed-in user may give and take, the highest first. */
function givable(state: State, serverId: Id): readonly Role[] {
  if (!can(select.permissions(state, serverId), Permission.MANAGE_ROLES)) return [];
  return (state.roles.get(serverId) ?? []).filter((role) => !role.is_default && isAboveRole(state, role));
}
