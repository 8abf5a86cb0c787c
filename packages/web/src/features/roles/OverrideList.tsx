import type { Id, PermissionBits, PermissionOverride } from '@snug/protocol';
import { useState } from 'react';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { OverrideForm, type OverrideFormProps } from './OverrideForm.tsx';
import styles from './OverrideList.module.css';
import { countSaid } from './override-bits.ts';
import { RoleDot } from './RoleName.tsx';
import { TargetDialog } from './TargetDialog.tsx';
import { type Target, useTargetNames } from './target-name.ts';

export interface OverrideListProps {
  serverId: Id;
  overrides: readonly PermissionOverride[];
  /** What the signed-in user may do there: no more can be given. */
  own: PermissionBits;
  onSet: (override: PermissionOverride) => Promise<void>;
  onRemove: (targetId: Id) => Promise<void>;
}

/** For each role or person what a channel or a category allows and denies. */
export function OverrideList({ serverId, overrides, own, onSet, onRemove }: OverrideListProps) {
  const [isAdding, setIsAdding] = useState(false);
  // Chosen, with nothing said for them yet.
  const [added, setAdded] = useState<readonly Target[]>([]);
  const fresh = added
    .filter((target) => !overrides.some((one) => one.target_id === target.target_id))
    .map((target) => ({ ...target, allow: '0', deny: '0' }));
  const all = [...overrides, ...fresh];
  const nameOf = useTargetNames(serverId, all);
  const colors = useSelect((state) => state.roles.get(serverId));
  const remove = async (targetId: Id): Promise<void> => {
    if (overrides.some((one) => one.target_id === targetId)) await onRemove(targetId);
    setAdded((before) => before.filter((target) => target.target_id !== targetId));
  };
  return (
    <div className={styles.overrides}>
      {all.length === 0 ? <p className={styles.none}>{t('override.none')}</p> : null}
      {all.map((override) => (
        <OverrideItem
          key={override.target_id}
          override={override}
          name={nameOf(override)}
          color={colors?.find((role) => role.id === override.target_id)?.color ?? 0}
          startsOpen={fresh.includes(override)}
          own={own}
          onSet={onSet}
          onRemove={() => remove(override.target_id)}
        />
      ))}
      <Button className={styles.add ?? ''} onClick={() => setIsAdding(true)}>
        {t('target.add')}
      </Button>
      {isAdding ? (
        <TargetDialog
          title={t('target.add')}
          serverId={serverId}
          taken={all.map((one) => one.target_id)}
          onAdd={async (target) => setAdded((before) => [...before, target])}
          onClose={() => setIsAdding(false)}
        />
      ) : null}
    </div>
  );
}

interface OverrideItemProps extends OverrideFormProps {
  /** Of the role; 0 is none. */
  color: number;
  /** Chosen a moment ago: what is to be said of it comes next. */
  startsOpen: boolean;
}

/** One role or person, folded until somebody looks. */
function OverrideItem({ color, startsOpen, ...form }: OverrideItemProps) {
  const [isOpen, setIsOpen] = useState(startsOpen);
  const { override, name } = form;
  return (
    <details className={styles.override} open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className={styles.summary}>
        {override.target_type === 'role' ? <RoleDot color={color} /> : null}
        <span className={styles.name}>{name}</span>
        <span className={styles.sum}>
          {t('override.sum', countSaid(override, 'allow'), countSaid(override, 'deny'))}
        </span>
      </summary>
      <OverrideForm {...form} />
    </details>
  );
}
