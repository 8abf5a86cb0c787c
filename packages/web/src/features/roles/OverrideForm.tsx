import { can, Permission, type PermissionBits, type PermissionName, type PermissionOverride } from '@snug/protocol';
import { type FormEvent, useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useSubmit } from '../../app/use-submit.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import styles from './OverrideForm.module.css';
import { OVERRIDABLE, type OverridePart, type Said, saidOf, withSaid } from './override-bits.ts';
import { ThreeState } from './ThreeState.tsx';

export interface OverrideFormProps {
  override: PermissionOverride;
  /** Of the role or person. */
  name: string;
  own: PermissionBits;
  onSet: (override: PermissionOverride) => Promise<void>;
  onRemove: () => Promise<void>;
}

/** What is allowed and denied to one role or person, each permission in plain words. */
export function OverrideForm({ override, name, own, onSet, onRemove }: OverrideFormProps) {
  const submit = useSubmit();
  const [change, setChange] = useState<OverridePart | null>(null);
  const shown = change ?? override;
  const isChanged = change !== null && (change.allow !== override.allow || change.deny !== override.deny);
  const say = (permission: PermissionName, said: Said): void => setChange(withSaid(shown, permission, said));
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { target_id, target_type } = override;
    const worked = await submit.run(() => onSet({ target_id, target_type, allow: shown.allow, deny: shown.deny }));
    if (worked) setChange(null);
  };
  return (
    <form className={styles.form} onSubmit={(event) => void save(event)}>
      {OVERRIDABLE.map((permission) => {
        const isMine = can(own, Permission[permission]);
        const words = t(`permission.${permission}`);
        return (
          <ThreeState
            key={permission}
            legend={t('override.of', words, name)}
            label={words}
            note={isMine ? t(`permission.${permission}.note`) : t('override.lacking')}
            said={saidOf(shown, permission)}
            isFixed={!isMine}
            onSay={(said) => say(permission, said)}
          />
        );
      })}
      {submit.error === undefined ? null : <Notice kind="problem">{sayError(submit.error)}</Notice>}
      <div className={styles.actions}>
        <Button
          kind="plain"
          aria-label={t('override.remove.of', name)}
          disabled={submit.isBusy}
          onClick={() => void submit.run(onRemove)}
        >
          {t('override.remove')}
        </Button>
        <Button type="submit" kind="primary" isBusy={submit.isBusy} disabled={!isChanged}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}
