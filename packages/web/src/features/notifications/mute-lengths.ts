import { t } from '../../strings/t.ts';

/** How long something may be muted, in ms. */
const LENGTHS = [900_000, 3_600_000, 28_800_000, 86_400_000] as const;
/** What stands for "until I change it": no calendar goes further. */
const FOREVER = '9999-12-31T23:59:59.000Z';

export const muteOptions: readonly { value: string; label: string }[] = [
  ...LENGTHS.map((ms) => ({ value: String(ms), label: t(`notify.for.${ms}`) })),
  { value: 'forever', label: t('notify.for.forever') },
];

/** When a mute of this length ends, RFC 3339. */
export function muteEnd(length: string, now: number): string {
  return length === 'forever' ? FOREVER : new Date(now + Number(length)).toISOString();
}

export function isForever(until: string): boolean {
  return new Date(until).getUTCFullYear() >= 9999;
}
