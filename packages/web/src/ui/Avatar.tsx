import styles from './Avatar.module.css';
import { initials, tone } from './initials.ts';
import { join } from './join.ts';
import tones from './tones.module.css';

export interface AvatarProps {
  /** Gives the colour. */
  id: string;
  name: string;
  /** px; 40 unless set. */
  size?: 20 | 28 | 32 | 40 | 64;
}

/** Somebody's initials on a colour of their own. The name always stands beside it, so it says nothing aloud. */
export function Avatar({ id, name, size = 40 }: AvatarProps) {
  return (
    <span aria-hidden="true" className={join(styles.avatar, tones[`tone${tone(id)}`], styles[`size${size}`])}>
      {initials(name)}
    </span>
  );
}
