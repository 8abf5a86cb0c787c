/** Times in words, in the reader's own language and zone: relative near, exact on demand. */
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const short = new Intl.DateTimeFormat(undefined, { day: '2-digit', month: '2-digit', year: 'numeric' });
const near = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
const DAY_MS = 86_400_000;

export function sayClock(time: Date): string {
  return clock.format(time);
}

export function sayExact(time: Date): string {
  return exact.format(time);
}

/** "3 March 2026" */
export function sayDay(time: Date): string {
  return day.format(time);
}

/** "today", "yesterday", then the day itself. */
export function sayNearDay(time: Date, now: Date): string {
  const days = daysBetween(time, now);
  return days === 0 || days === -1 ? capital(near.format(days, 'day')) : weekday.format(time);
}

/** As short as it can be without being unclear: the clock today, the day before that. */
export function sayWhen(time: Date, now: Date): string {
  const days = daysBetween(time, now);
  if (days === 0) return clock.format(time);
  if (days === -1) return `${capital(near.format(-1, 'day'))} ${clock.format(time)}`;
  return `${short.format(time)} ${clock.format(time)}`;
}

/** "3 hours ago", "in 2 days" */
export function sayAgo(time: Date, now: Date): string {
  const seconds = (time.getTime() - now.getTime()) / 1000;
  const steps = [
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
  ] as const;
  for (const [length, unit] of steps) {
    if (Math.abs(seconds) >= length) return near.format(Math.round(seconds / length), unit);
  }
  return near.format(0, 'minute');
}

/** Whole local days from now to a time: -1 is yesterday. A day of 23 or 25 hours is still one. */
function daysBetween(time: Date, now: Date): number {
  return Math.round((midnight(time) - midnight(now)) / DAY_MS);
}

function midnight(time: Date): number {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime();
}

/** A key that is equal for two times of one local day. */
export function dayKey(time: Date): string {
  return `${time.getFullYear()}-${time.getMonth()}-${time.getDate()}`;
}

function capital(words: string): string {
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}
