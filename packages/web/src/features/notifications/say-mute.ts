import { sayWhen } from '../../app/say-time.ts';
import { t } from '../../strings/t.ts';
import { isForever } from './mute-lengths.ts';

/** "Muted until 14:30", or for good. */
export function sayMute(until: string): string {
  return isForever(until) ? t('notify.mute.forever') : t('notify.mute.until', sayWhen(new Date(until), new Date()));
}

/** "Until 14:30", or until it is changed. */
export function sayQuiet(until: string): string {
  return isForever(until) ? t('notify.for.forever') : t('dnd.until', sayWhen(new Date(until), new Date()));
}
