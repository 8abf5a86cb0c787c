import { useTheme } from '../../app/use-theme.ts';
import { t } from '../../strings/t.ts';
import { MODES, THEMES } from '../../themes/theme.ts';
import styles from './Settings.module.css';

/** How this browser shows everything. Changes are seen at once and kept here. */
export function AppearanceSettings() {
  const { choice, appearance } = useTheme();
  const isDark = document.documentElement.dataset.mode === 'dark';
  return (
    <div className={styles.form}>
      <fieldset className={styles.group}>
        <legend>{t('appearance.theme')}</legend>
        <div className={styles.options}>
          {THEMES.map((theme) => (
            <label key={theme} className={styles.option}>
              <input
                type="radio"
                name="theme"
                checked={choice.theme === theme}
                onChange={() => choice.set({ theme })}
              />
              {t(`theme.${theme}`)}
              <span
                className={styles.swatch}
                data-theme={theme}
                data-mode={isDark ? 'dark' : 'light'}
                aria-hidden="true"
              >
                <span />
                <span />
                <span />
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset className={styles.group}>
        <legend>{t('appearance.mode')}</legend>
        <div className={styles.options}>
          {MODES.map((mode) => (
            <label key={mode} className={styles.option}>
              <input
                type="radio"
                name="mode"
                checked={appearance.mode === mode}
                onChange={() => choice.set({ mode })}
              />
              {t(`mode.${mode}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset className={styles.group}>
        <legend>{t('appearance.density')}</legend>
        <div className={styles.options}>
          {(['cosy', 'compact'] as const).map((density) => (
            <label key={density} className={styles.option}>
              <input
                type="radio"
                name="density"
                checked={appearance.density === density}
                onChange={() => choice.set({ density })}
              />
              {t(`density.${density}`)}
            </label>
          ))}
        </div>
      </fieldset>
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
