import { type InputHTMLAttributes, type ReactNode, useId } from 'react';
import styles from './Check.module.css';

export interface CheckProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type' | 'onChange'> {
  label: ReactNode;
  hint?: ReactNode;
  onCheck: (isChecked: boolean) => void;
}

/** Something that is so or not, with a line about what it does. */
export function Check({ label, hint, onCheck, ...rest }: CheckProps) {
  const id = useId();
  return (
    <div className={styles.check}>
      <input
        {...rest}
        type="checkbox"
        id={id}
        className={styles.box}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onCheck(event.target.checked)}
      />
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}
