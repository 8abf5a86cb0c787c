import { SnugError } from '@snug/client';
import { en } from '../strings/en.ts';
import { type StringKey, t } from '../strings/t.ts';

/**
 * A failure in words: those of our catalogue for what people meet often, the server's own otherwise. Anything that is not
 * one of our errors is a bug; it goes to the console and says no more than that here.
 */
export function sayError(error: unknown): string {
  if (!(error instanceof SnugError)) {
    console.error(error);
    return t('error.unexpected');
  }
  if (error.code === 'RATE_LIMITED') return t('error.RATE_LIMITED', Math.ceil(error.retryAfter ?? 0));
  if (error.code === 'INTERNAL') return t('error.INTERNAL', error.traceId ?? '');
  if (isDeadInvite(error)) return t('error.INVITE_INVALID');
  const key = `error.${error.code}`;
  if (Object.hasOwn(en, key)) return t(key as Exclude<StringKey, 'error.RATE_LIMITED' | 'error.INTERNAL'>);
  return `${error.message}.`.replace(/\.\.$/, '.');
}

/** Whether an invite opens nothing. One that was cut off while copying is to people what one is that never existed. */
export function isDeadInvite(error: unknown): boolean {
  if (!(error instanceof SnugError)) return false;
  if (error.code !== 'INVALID_PARAMS') return error.code === 'INVITE_INVALID';
  return error.issues.length > 0 && error.issues.every(({ path }) => path === 'code' || path === 'invite');
}

/** What was wrong with one field, for a form that shows it beside the field. */
export function issueOf(error: unknown, field: string): string | undefined {
  if (!(error instanceof SnugError)) return undefined;
  if (field === 'username' && error.code === 'USERNAME_TAKEN') return t('error.USERNAME_TAKEN');
  if (field === 'email' && error.code === 'EMAIL_TAKEN') return t('error.EMAIL_TAKEN');
  return error.issues.find((issue) => issue.path === field)?.message;
}
