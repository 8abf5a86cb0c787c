import type { Id, MemberWithUser, Role } from '@snug/protocol';
import { useState } from 'react';
import { sameList } from '../../app/same.ts';
import { sayError } from '../../app/say-error.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Choice } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { MemberPicker } from '../members/MemberPicker.tsx';
import { isAboveRole } from './standing.ts';
import type { Target } from './target-name.ts';

export interface TargetDialogProps {
  title: string;
  serverId: Id;
  /** Those that are there already. */
  taken: readonly Id[];
  onAdd: (target: Target) => Promise<void>;
  onClose: () => void;
}

/** A role or a person, to say something for. */
export function TargetDialog({ title, serverId, taken, onAdd, onClose }: TargetDialogProps) {
  const roles = useSelect(
    (state) => free(state.roles.get(serverId) ?? [], taken, (role) => isAboveRole(state, role)),
    sameList,
  );
  const [target, setTarget] = useState<Target | null>(null);
  const add = async (): Promise<void> => {
    if (target === null) return;
    await onAdd(target);
    onClose();
  };
  const choosePerson = (member: MemberWithUser): void => {
    setTarget({ target_type: 'member', target_id: member.user_id });
  };
  return (
    <FormDialog
      title={title}
      action={t('target.add.action')}
      isReady={target !== null}
      explain={sayError}
      onSubmit={add}
      onClose={onClose}
    >
      {roles.length === 0 ? null : (
        <Choice
          label={t('target.role')}
          value={target?.target_type === 'role' ? target.target_id : ''}
          options={[
            { value: '', label: t('target.role.choose') },
            ...roles.map((role) => ({ value: role.id, label: role.name })),
          ]}
          onChoose={(value) => setTarget(value === '' ? null : { target_type: 'role', target_id: value })}
        />
      )}
      <MemberPicker
        label={t('target.person')}
        serverId={serverId}
        chosenId={target?.target_type === 'member' ? target.target_id : null}
        isOffered={(member) => !taken.includes(member.user_id)}
        onChoose={choosePerson}
      />
    </FormDialog>
  );
}

function free(roles: readonly Role[], taken: readonly Id[], isBelow: (role: Role) => boolean): readonly Role[] {
  return roles.filter((role) => !taken.includes(role.id) && isBelow(role));
}
