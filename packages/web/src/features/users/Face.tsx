import type { Id } from '@snug/protocol';
import { t } from '../../strings/t.ts';
import { Avatar, type AvatarProps } from '../../ui/Avatar.tsx';
import { Hidden } from '../../ui/Hidden.tsx';
import { join } from '../../ui/join.ts';
import styles from './Face.module.css';
import { useStatus } from './use-status.ts';

/** Somebody's avatar with their presence: a colour and a shape, and the word for those who listen. */
export function Face(props: { userId: Id; name: string; size: NonNullable<AvatarProps['size']> }) {
  const status = useStatus(props.userId);
  return (
    <span className={styles.face}>
      <Avatar id={props.userId} name={props.name} size={props.size} />
      <span className={join(styles.dot, styles[status])} aria-hidden="true" title={t(`status.${status}`)} />
      <Hidden>{t(`status.${status}`)}</Hidden>
    </span>
  );
}
