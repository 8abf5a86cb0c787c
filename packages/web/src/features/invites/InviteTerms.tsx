import { t } from '../../strings/t.ts';

/** How often an invite was used, and how long it still works. */
export function InviteTerms({ invite }: { invite: { uses: number; max_uses: number; expires_at: string | null } }) {
  return (
    <>
      {t('invite.used', invite.uses, invite.max_uses)} ·{' '}
      {invite.expires_at === null ? t('invite.forever') : t('invite.until', new Date(invite.expires_at))}
    </>
  );
}
