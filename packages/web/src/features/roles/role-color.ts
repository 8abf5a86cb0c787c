/** A role's colour as CSS writes it. */
export function roleHex(color: number): string {
  return `#${color.toString(16).padStart(6, '0')}`;
}

/** The grounds that names stand on, the hardest of all themes: in dark mode the lightest, in light mode the darkest. */
const GROUND = { dark: 0x404249, light: 0xe6dfcf } as const;
const WANTED = 4.5;

/** The colour nearest to a role's own in which a name can be read in that mode: lighter in the dark, darker in the light. */
export function readableColor(color: number, mode: 'dark' | 'light'): string {
  const ground = luminance(GROUND[mode]);
  const end = mode === 'dark' ? 255 : 0;
  for (let step = 0; step <= 20; step++) {
    const mixed = mix(color, end, step / 20);
    if (contrast(luminance(mixed), ground) >= WANTED) return roleHex(mixed);
  }
  return mode === 'dark' ? '#ffffff' : '#000000';
}

function channels(color: number): readonly [number, number, number] {
  return [(color >> 16) & 255, (color >> 8) & 255, color & 255];
}

function mix(color: number, end: number, part: number): number {
  const [red, green, blue] = channels(color).map((value) => Math.round(value + (end - value) * part));
  return ((red ?? 0) << 16) | ((green ?? 0) << 8) | (blue ?? 0);
}

/** As WCAG defines it. */
function luminance(color: number): number {
  const [red, green, blue] = channels(color).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

function contrast(a: number, b: number): number {
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}
