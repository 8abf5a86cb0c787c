import { type CSSProperties, useId } from 'react';
import { t } from '../../strings/t.ts';
import { join } from '../../ui/join.ts';
import styles from './RoleColor.module.css';
import { roleHex } from './role-color.ts';

/** Twelve that differ from each other, in any theme; the first is none. */
const COLORS = [
  ['none', 0],
  ['red', 0xd9534f],
  ['orange', 0xd9822b],
  ['yellow', 0xc9a227],
  ['green', 0x2f9e6e],
  ['teal', 0x2a9d9d],
  ['blue', 0x3f88c5],
  ['violet', 0x7a6ff0],
  ['purple', 0xa35bbf],
  ['pink', 0xd1588f],
  ['brown', 0x9c6b43],
  ['grey', 0x8a8f8c],
] as const;

/** A role's colour: one of a few, or any other by the system's own picker. */
export function RoleColor({ color, onChoose }: { color: number; onChoose: (color: number) => void }) {
  const name = useId();
  const isOwn = !COLORS.some(([, value]) => value === color);
  return (
    <fieldset className={styles.colors}>
      <legend>{t('role.color')}</legend>
      <div className={styles.swatches}>
        {COLORS.map(([word, value]) => (
          <label key={word} className={join(styles.swatch, value === 0 && styles.none)} title={t(`color.${word}`)}>
            <input
              type="radio"
              name={name}
              checked={value === color}
              aria-label={t(`color.${word}`)}
              onChange={() => onChoose(value)}
            />
            <span style={{ '--role': roleHex(value) } as CSSProperties} aria-hidden="true" />
          </label>
        ))}
        <label className={join(styles.own, isOwn && styles.chosen)}>
          <input
            type="color"
            value={roleHex(color)}
            onChange={(event) => onChoose(Number.parseInt(event.target.value.slice(1), 16))}
          />
          {t('role.color.own')}
        </label>
      </div>
    </fieldset>
  );
}
