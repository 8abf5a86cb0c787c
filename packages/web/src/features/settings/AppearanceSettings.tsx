import type { ReactNode } from 'react';
import { useTheme } from '../../app/use-theme.ts';
import { t } from '../../strings/t.ts';
import { DENSITIES, MODES, THEMES, type Theme } from '../../themes/theme.ts';
import styles from './Settings.module.css';

/** How this browser shows everything. Changes are seen at once and kept here. */
export function AppearanceSettings() {
  const { choice, appearance } = useTheme();
  return (
    <div className={styles.form}>
      <Options
        name="theme"
        options={THEMES}
        chosen={choice.theme}
        say={(theme) => t(`theme.${theme}`)}
        onChoose={(theme) => choice.set({ theme })}
        after={(theme) => <Swatch theme={theme} />}
      />
      <Options
        name="mode"
        options={MODES}
        chosen={appearance.mode}
        say={(mode) => t(`mode.${mode}`)}
        onChoose={(mode) => choice.set({ mode })}
      />
      <Options
        name="density"
        options={DENSITIES}
        chosen={appearance.density}
        say={(density) => t(`density.${density}`)}
        onChoose={(density) => choice.set({ density })}
      />
      <label className={styles.group}>
        <span>{t('appearance.size', appearance.size)}</span>
        <input
          type="range"
          min={12}
          max={20}
          step={1}
          value={appearance.size}
          onChange={(event) => choice.set({ size: Number(event.target.value) })}
        />
      </label>
    </div>
  );
}

interface OptionsProps<T extends string> {
  name: 'theme' | 'mode' | 'density';
  options: readonly T[];
  chosen: T;
  say: (option: T) => string;
  onChoose: (option: T) => void;
  after?: (option: T) => ReactNode;
}

/** One of a few, all in view. */
function Options<T extends string>({ name, options, chosen, say, onChoose, after }: OptionsProps<T>) {
  return (
    <fieldset className={styles.group}>
      <legend>{t(`appearance.${name}`)}</legend>
      <div className={styles.options}>
        {options.map((option) => (
          <label key={option} className={styles.option}>
            <input type="radio" name={name} checked={option === chosen} onChange={() => onChoose(option)} />
            {say(option)}
            {after?.(option)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** A theme's colours, in the mode that is worn. */
function Swatch({ theme }: { theme: Theme }) {
  const isDark = document.documentElement.dataset.mode === 'dark';
  return (
    <span className={styles.swatch} data-theme={theme} data-mode={isDark ? 'dark' : 'light'} aria-hidden="true">
      <span />
      <span />
      <span />
    </span>
  );
}
