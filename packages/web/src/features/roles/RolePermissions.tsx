import { select } from '@snug/client';
import {
  can,
  formatPermissions,
  type Id,
  Permission,
  type PermissionBits,
  type PermissionName,
  parsePermissions,
} from '@snug/protocol';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Check } from '../../ui/Check.tsx';
import { PERMISSION_ORDER } from './permission-order.ts';
import styles from './RolePermissions.module.css';

export interface RolePermissionsProps {
  serverId: Id;
  /** As the wire has them: a decimal string. */
  permissions: string;
  onChange: (permissions: string) => void;
}

/** What a role allows, each in plain words. What one does not hold oneself one cannot give. */
export function RolePermissions({ serverId, permissions, onChange }: RolePermissionsProps) {
  const bits = parsePermissions(permissions);
  const own = useSelect((state) => select.permissions(state, serverId));
  const set = (name: PermissionName, isHeld: boolean): void => {
    const bit: PermissionBits = Permission[name];
    onChange(formatPermissions(isHeld ? bits | bit : bits & ~bit));
  };
  return (
    <div className={styles.permissions}>
      {PERMISSION_ORDER.map((name) => {
        const isMine = can(own, Permission[name]);
        const isHeld = can(bits, Permission[name]);
        return (
          <Check
            key={name}
            label={t(`permission.${name}`)}
            hint={
              <>
                {t(`permission.${name}.note`)}
                {isMine ? null : ` ${t('role.lacking')}`}
              </>
            }
            disabled={!isMine && !isHeld}
            checked={isHeld}
            onCheck={(next) => set(name, next)}
          />
        );
      })}
    </div>
  );
}
