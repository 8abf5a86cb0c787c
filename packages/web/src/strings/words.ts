/** The parts that strings are made of, in English. */
const conjunction = new Intl.ListFormat('en', { type: 'conjunction' });
const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long' });
const format = new Intl.NumberFormat('en');

export const number = (value: number): string => format.format(value);
export const list = (items: readonly string[]): string => conjunction.format(items);
export const date = (time: Date): string => day.format(time);

export function plural(count: number, one: string, many: string): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}

/** The second sentence of a lost connection: what becomes of what was being said. */
export function queued(count: number): string {
  if (count === 0) return '';
  const words = ['', 'One message', 'Two messages', 'Three messages'][count] ?? `${number(count)} messages`;
  return ` ${words} will be sent when you're back.`;
}

export function seconds(count: number): string {
  if (count < 90) return plural(count, 'second', 'seconds');
  return count < 5400
    ? plural(Math.round(count / 60), 'minute', 'minutes')
    : plural(Math.round(count / 3600), 'hour', 'hours');
}
