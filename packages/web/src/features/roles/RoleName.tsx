import type { Role } from '@snug/protocol';
import type { CSSProperties } from 'react';
import { join } from '../../ui/join.ts';
import styles from './RoleName.module.css';
import { roleHex } from './role-color.ts';

/** A role by its name, with its colour beside it. */
export function RoleName({ role, isChip = false }: { role: Pick<Role, 'name' | 'color'>; isChip?: boolean }) {
  return (
    <span className={join(styles.role, isChip && styles.chip)}>
      <RoleDot color={role.color} />
      <span className={styles.name}>{role.name}</span>
    </span>
  );
}

export function RoleDot({ color }: { color: number }) {
  const style = color === 0 ? undefined : ({ '--role': roleHex(color) } as CSSProperties);
  return <span className={join(styles.dot, color === 0 && styles.plain)} style={style} aria-hidden="true" />;
}
