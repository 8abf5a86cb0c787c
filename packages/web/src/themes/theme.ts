/**
 * Which theme the page wears. A choice is kept in this browser; without one the instance's theme is worn, in the mode
 * that the system asks for. `public/theme-boot.js` puts the same attributes on before the first paint.
 */
export const THEMES = ['snug', 'kaizen', 'blueprint', 'contrast'] as const;
export type Theme = (typeof THEMES)[number];
export const MODES = ['system', 'light', 'dark'] as const;
export type Mode = (typeof MODES)[number];
export const DENSITIES = ['cosy', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];

export interface Appearance {
  /** Null until chosen: the instance's theme. */
  readonly theme: Theme | null;
  readonly mode: Mode;
  readonly density: Density;
  /** Text size in px, 12 to 20. */
  readonly size: number;
}

const KEY = 'snug.appearance';
const DEFAULTS: Appearance = { theme: null, mode: 'system', density: 'cosy', size: 15 };

/** The appearance of one page. Listeners hear every change. */
export class ThemeChoice {
  readonly #root: HTMLElement;
  readonly #storage: Storage | null;
  readonly #dark: MediaQueryList;
  readonly #listeners = new Set<() => void>();
  #instance: Theme = 'snug';
  #state: Appearance;

  constructor(page: Window) {
    this.#root = page.document.documentElement;
    this.#storage = openStorage(page);
    this.#dark = page.matchMedia('(prefers-color-scheme: dark)');
    this.#state = readAppearance(this.#storage?.getItem(KEY) ?? null);
    this.#dark.addEventListener('change', () => this.#wear());
    this.#wear();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly get = (): Appearance => this.#state;

  /** The theme in use: the choice made here, or the instance's. */
  get theme(): Theme {
    return this.#state.theme ?? this.#instance;
  }

  /** What `/.well-known/snug` names as the instance's theme; an unknown name changes nothing. */
  setInstanceTheme(name: string): void {
    if (!isTheme(name)) return;
    this.#instance = name;
    this.#wear();
    for (const listener of this.#listeners) listener();
  }

  set(change: Partial<Appearance>): void {
    this.#state = { ...this.#state, ...change };
    this.#storage?.setItem(KEY, JSON.stringify(this.#state));
    this.#wear();
    for (const listener of this.#listeners) listener();
  }

  #wear(): void {
    const { mode, density, size } = this.#state;
    const isDark = mode === 'dark' || (mode === 'system' && this.#dark.matches);
    this.#root.dataset.theme = this.theme;
    this.#root.dataset.mode = isDark ? 'dark' : 'light';
    this.#root.dataset.density = density;
    this.#root.style.setProperty('--text-size', `${size}px`);
  }
}

export function isTheme(name: unknown): name is Theme {
  return typeof name === 'string' && (THEMES as readonly string[]).includes(name);
}

/** What was saved, field by field: a value that is not one of ours falls back to the default. */
export function readAppearance(saved: string | null): Appearance {
  if (saved === null) return DEFAULTS;
  let value: unknown;
  try {
    value = JSON.parse(saved);
  } catch {
    return DEFAULTS; // Written by something else: nothing of ours is lost.
  }
  if (typeof value !== 'object' || value === null) return DEFAULTS;
  const { theme, mode, density, size } = value as Record<string, unknown>;
  return {
    theme: isTheme(theme) ? theme : DEFAULTS.theme,
    mode: MODES.find((one) => one === mode) ?? DEFAULTS.mode,
    density: DENSITIES.find((one) => one === density) ?? DEFAULTS.density,
    size: typeof size === 'number' && size >= 12 && size <= 20 ? Math.round(size) : DEFAULTS.size,
  };
}

/** Null where the browser blocks storage: choices then last as long as the page. */
function openStorage(page: Window): Storage | null {
  try {
    return page.localStorage;
  } catch {
    return null;
  }
}
