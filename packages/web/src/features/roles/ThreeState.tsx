import { Check, Slash, X } from 'lucide-react';
import { useId } from 'react';
import { t } from '../../strings/t.ts';
import { Hidden } from '../../ui/Hidden.tsx';
import { join } from '../../ui/join.ts';
import type { Said } from './override-bits.ts';
import styles from './ThreeState.module.css';

const STATES = [
  ['deny', X],
  ['inherit', Slash],
  ['allow', Check],
] as const;

export interface ThreeStateProps {
  /** What it is about, in full: "Send messages for mod". */
  legend: string;
  label: string;
  note: string;
  said: Said;
  isFixed: boolean;
  onSay: (said: Said) => void;
}

/** One permission: denied, left as it is, or allowed. */
export function ThreeState({ legend, label, note, said, isFixed, onSay }: ThreeStateProps) {
  const name = useId();
  return (
    <fieldset className={styles.row} disabled={isFixed} aria-describedby={`${name}-note`}>
      <legend>
        <Hidden>{legend}</Hidden>
      </legend>
      <div className={styles.words} aria-hidden="true">
        <p className={styles.label}>{label}</p>
      </div>
      <div className={styles.states}>
        {STATES.map(([state, Icon]) => (
          <label key={state} className={join(styles.state, styles[state])} title={t(`override.${state}`)}>
            <input
              type="radio"
              name={name}
              aria-label={t(`override.${state}`)}
              checked={said === state}
              onChange={() => onSay(state)}
            />
            <Icon size={16} aria-hidden="true" />
          </label>
        ))}
      </div>
      <p id={`${name}-note`} className={styles.note}>
        {note}
      </p>
    </fieldset>
  );
}
