import { type ReactNode, useId } from 'react';
import styles from './Choices.module.css';

export interface ChoicesProps<T extends string> {
  legend: string;
  options: readonly { value: T; label: string; note: ReactNode }[];
  value: T;
  onChoose: (value: T) => void;
}

/** One of a few that need a line of explanation each: all in view. */
export function Choices<T extends string>({ legend, options, value, onChoose }: ChoicesProps<T>) {
  const id = useId();
  return (
    <fieldset className={styles.choices}>
      <legend>{legend}</legend>
      {options.map((option) => (
        <div key={option.value} className={styles.choice}>
          <input
            type="radio"
            id={`${id}-${option.value}`}
            name={id}
            checked={option.value === value}
            aria-describedby={`${id}-${option.value}-note`}
            onChange={() => onChoose(option.value)}
          />
          <label htmlFor={`${id}-${option.value}`}>{option.label}</label>
          <p id={`${id}-${option.value}-note`} className={styles.note}>
            {option.note}
          </p>
        </div>
      ))}
    </fieldset>
  );
}
