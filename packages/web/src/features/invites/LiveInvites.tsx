import { select } from '@snug/client';
import type { Id, Invite } from '@snug/protocol';
import { Trash2 } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Bones } from '../../ui/Bones.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import styles from './InviteDialog.module.css';
import { InviteTerms } from './InviteTerms.tsx';

type Listed =
  | { status: 'loading' }
  | { status: 'known'; items: readonly Invite[] }
  | { status: 'failed'; error: unknown };

/** The links of a server that still open it, for those who manage it. Read when asked for: they are not in the store. */
export function LiveInvites({ serverId, newest }: { serverId: Id; newest: string | null }) {
  const client = useClient();
  const say = useToast();
  const [listed, setListed] = useState<Listed>({ status: 'loading' });
  const load = useCallback(async () => {
    try {
      setListed({ status: 'known', items: (await client.call('invite.list', { server_id: serverId })).items });
    } catch (error) {
      setListed({ status: 'failed', error });
    }
  }, [client, serverId]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new link is a reason to read the list again
  useEffect(() => void load(), [load, newest]);
  const revoke = async (code: string): Promise<void> => {
    try {
      await client.call('invite.delete', { code });
      await load();
    } catch (error) {
      say(sayError(error));
    }
  };
  if (listed.status === 'loading') return <Bones kind="lines" count={2} label={t('loading')} />;
  if (listed.status === 'failed') return <Notice kind="problem">{sayError(listed.error)}</Notice>;
  if (listed.items.length === 0) return null;
  return (
    <section aria-labelledby="live-invites" className={styles.live}>
      <h3 id="live-invites">{t('invite.live')}</h3>
      <ul>
        {listed.items.map((invite) => (
          <li key={invite.code} className={styles.invite}>
            <div className={styles.facts}>
              <code>{invite.code}</code>
              <Facts invite={invite} />
            </div>
            <IconButton
              label={t('invite.revoke', invite.code)}
              isSmall
              isDanger
              onClick={() => void revoke(invite.code)}
            >
              <Trash2 size={16} aria-hidden="true" />
            </IconButton>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Facts({ invite }: { invite: Invite }) {
  const maker = useSelect((state) => select.memberName(state, invite.server_id, invite.created_by));
  return (
    <span>
      {t('invite.by', maker)} · <InviteTerms invite={invite} />
    </span>
  );
}
