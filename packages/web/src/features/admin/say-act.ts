import type { InstanceAuditEntry, RegistrationMode } from '@snug/protocol';
import { t } from '../../strings/t.ts';

/** One act of administration as a sentence. */
export function sayAct({ action, target_username, changes }: InstanceAuditEntry): string {
  if (action === 'invite.create' || action === 'invite.revoke') return t(`instanceAudit.${action}`);
  if (action === 'instance.update') return t('instanceAudit.instance.update', sayMode(changes.registration ?? null));
  return t(`instanceAudit.${action}`, target_username === null ? t('instanceAudit.gone') : `@${target_username}`);
}

function sayMode(mode: string | null): string {
  if (mode === null) return t('instanceAudit.configured');
  return t(`registration.${mode as RegistrationMode}`);
}
