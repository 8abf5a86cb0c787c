import { type InputHTMLAttributes, type ReactNode, type Ref, type TextareaHTMLAttributes, useId } from 'react';
import styles from './Field.module.css';
import { join } from './join.ts';

interface Around {
  label: string;
  hint?: ReactNode;
  /** Why the value was not taken. */
  error?: string | undefined;
}

function Labelled(props: Around & { id: string; children: ReactNode }) {
  return (
    <div className={styles.field}>
      <label htmlFor={props.id} className={styles.label}>
        {props.label}
      </label>
      {props.children}
      {props.error === undefined ? null : (
        <p id={`${props.id}-error`} className={styles.error} role="alert">
          {props.error}
        </p>
      )}
      {props.hint === undefined ? null : (
        <p id={`${props.id}-hint`} className={styles.hint}>
          {props.hint}
        </p>
      )}
    </div>
  );
}

function describedBy(id: string, around: Around): string | undefined {
  const ids = join(around.error !== undefined && `${id}-error`, around.hint !== undefined && `${id}-hint`);
  return ids === '' ? undefined : ids;
}

export type FieldProps = Around & InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> };

export function Field({ label, hint, error, className, ...rest }: FieldProps) {
  const id = useId();
  return (
    <Labelled label={label} hint={hint} error={error} id={id}>
      <input
        {...rest}
        id={id}
        className={join(styles.input, className)}
        aria-invalid={error !== undefined}
        aria-describedby={describedBy(id, { label, hint, error })}
      />
    </Labelled>
  );
}

export type TextFieldProps = Around & TextareaHTMLAttributes<HTMLTextAreaElement>;

export function TextField({ label, hint, error, ...rest }: TextFieldProps) {
  const id = useId();
  return (
    <Labelled label={label} hint={hint} error={error} id={id}>
      <textarea
        rows={3}
        {...rest}
        id={id}
        className={styles.input}
        aria-invalid={error !== undefined}
        aria-describedby={describedBy(id, { label, hint, error })}
      />
    </Labelled>
  );
}

export interface ChoiceProps extends Around {
  value: string;
  options: readonly { value: string; label: string }[];
  onChoose: (value: string) => void;
}

/** One of a few, as the system's own list. */
export function Choice({ label, hint, error, value, options, onChoose }: ChoiceProps) {
  const id = useId();
  return (
    <Labelled label={label} hint={hint} error={error} id={id}>
      <select
        id={id}
        className={styles.input}
        value={value}
        aria-describedby={describedBy(id, { label, hint, error })}
        onChange={(event) => onChoose(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Labelled>
  );
}
