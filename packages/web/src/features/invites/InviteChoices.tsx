import { type State, select } from '@snug/client';
import { can, type Id, LIMITS, Permission, type Role } from '@snug/protocol';
import { sameList } from '../../app/same.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Choice, Field } from '../../ui/Field.tsx';
import { isAboveRole } from '../roles/standing.ts';
import styles from './InviteDialog.module.css';

const HOUR = 3600;
const AGES = [HOUR, 24 * HOUR, 7 * 24 * HOUR, 30 * 24 * HOUR, 0];
const USES = [1, 5, 10, 25, 100, 0];

export interface InviteWishes {
  /** Seconds; 0 never ends. */
  readonly age: number;
  /** 0 is without end. */
  readonly uses: number;
  readonly note: string;
  readonly roleId: Id | null;
}

export const FIRST_WISHES: InviteWishes = { age: 7 * 24 * HOUR, uses: 0, note: '', roleId: null };

export interface InviteChoicesProps {
  serverId: Id;
  wishes: InviteWishes;
  onChange: (wishes: InviteWishes) => void;
}

/** How long a link works, for how many, for whom, and with which role they come in. */
export function InviteChoices({ serverId, wishes, onChange }: InviteChoicesProps) {
  const roles = useSelect((state) => grantable(state, serverId), sameList);
  return (
    <>
      <div className={styles.choices}>
        <Choice
          label={t('invite.age')}
          value={String(wishes.age)}
          options={AGES.map((value) => ({ value: String(value), label: t('invite.age.of', value) }))}
          onChoose={(value) => onChange({ ...wishes, age: Number(value) })}
        />
        <Choice
          label={t('invite.uses')}
          value={String(wishes.uses)}
          options={USES.map((value) => ({ value: String(value), label: t('invite.uses.of', value) }))}
          onChoose={(value) => onChange({ ...wishes, uses: Number(value) })}
        />
      </div>
      <Field
        label={t('invite.note')}
        hint={t('invite.note.hint')}
        maxLength={LIMITS.INVITE_NOTE_MAX}
        value={wishes.note}
        onChange={(event) => onChange({ ...wishes, note: event.target.value })}
      />
      {roles.length === 0 ? null : (
        <Choice
          label={t('invite.role')}
          value={wishes.roleId ?? ''}
          options={[
            { value: '', label: t('invite.role.none') },
            ...roles.map((role) => ({ value: role.id, label: role.name })),
          ]}
          onChoose={(value) => onChange({ ...wishes, roleId: value === '' ? null : value })}
        />
      )}
    </>
  );
}

/** The roles that a link of the signed-in user may give. */
function grantable(state: State, serverId: Id): readonly Role[] {
  if (!can(select.permissions(state, serverId), Permission.MANAGE_ROLES)) return [];
  return (state.roles.get(serverId) ?? []).filter((role) => !role.is_default && isAboveRole(state, role));
}
