import styles from './Bones.module.css';
import { join } from './join.ts';

/** The shape of what is on its way. The widths vary so that it reads as text. */
export function Bones(props: { kind: 'messages' | 'lines' | 'people'; count: number; label: string }) {
  const rows = Array.from({ length: props.count }, (_, row) => row);
  return (
    <div className={styles.bones} role="status" aria-label={props.label}>
      {rows.map((row) => (
        <div key={row} className={join(styles.row, styles[props.kind])} aria-hidden="true">
          {props.kind === 'lines' ? null : <span className={styles.face} />}
          <span className={styles.text}>
            <span className={join(styles.bone, styles[`width${(row * 3) % 5}`])} />
            {props.kind === 'messages' ? <span className={join(styles.bone, styles[`width${(row + 2) % 5}`])} /> : null}
          </span>
        </div>
      ))}
    </div>
  );
}
