import type { Id, Invite, Role } from '@snug/protocol';
import { Copy, Plus, Trash2 } from 'lucide-react';
import { useCallback, useEffect } from 'react';
import { Paged } from '../../app/Paged.tsx';
import { paths } from '../../app/paths.ts';
import { sayError } from '../../app/say-error.ts';
import { type PageStart, usePages } from '../../app/use-pages.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { ListRow } from '../../ui/ListRow.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { useMemberNames } from '../members/use-member-names.ts';
import { SettingsPage } from '../servers/SettingsPage.tsx';
import { useDialogs } from '../shell/dialogs.ts';
import styles from './InvitesPage.module.css';
import { InviteTerms } from './InviteTerms.tsx';

const PAGE = 50;
const NO_ROLES: readonly Role[] = [];

/** The links of a server that still open it, for those who manage it. */
export function InvitesPage({ serverId }: { serverId: Id }) {
  const client = useClient();
  const open = useDialogs();
  const load = useCallback(
    ({ last }: PageStart<Invite>) =>
      client.call('invite.list', { server_id: serverId, limit: PAGE, ...(last !== null && { after: last.code }) }),
    [client, serverId],
  );
  const pages = usePages(load);
  const { reload, patch } = pages;
  useEffect(() => {
    const ends = [
      client.on('INVITE_CREATE', (body) => {
        if (body.server_id === serverId) reload();
      }),
      client.on('INVITE_USE', (body) => {
        if (body.server_id === serverId) reload();
      }),
      client.on('INVITE_DELETE', (body) => {
        if (body.server_id === serverId) patch((items) => items.filter((invite) => invite.code !== body.code));
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [client, serverId, reload, patch]);
  const names = useMemberNames(serverId, pages.items?.map((invite) => invite.created_by) ?? []);
  return (
    <SettingsPage
      title={t('serverSettings.invites')}
      note={t('invites.note')}
      action={
        <Button kind="primary" onClick={() => open({ kind: 'invite', serverId })}>
          <Plus size={17} aria-hidden="true" />
          {t('invite.create')}
        </Button>
      }
    >
      <Paged pages={pages} label={t('serverSettings.invites')} empty={t('invites.none')}>
        {(invite) => (
          <InviteRow key={invite.code} serverId={serverId} invite={invite} by={names[invite.created_by] ?? ''} />
        )}
      </Paged>
    </SettingsPage>
  );
}

function InviteRow({ serverId, invite, by }: { serverId: Id; invite: Invite; by: string }) {
  const client = useClient();
  const say = useToast();
  const roles = useSelect((state) => state.roles.get(serverId) ?? NO_ROLES);
  const role = roles.find((one) => one.id === invite.role_id);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(new URL(paths.invite(invite.code), location.origin).href);
    say(t('copied'));
  };
  const revoke = (): void => {
    client.perform('invite.delete', { code: invite.code }).catch((error: unknown) => say(sayError(error)));
  };
  return (
    <ListRow
      title={<code className={styles.code}>{invite.code}</code>}
      note={
        <>
          {invite.note === '' ? null : <span className={styles.note}>{invite.note}</span>}
          {t('invite.by', by || t('target.left'))} · <InviteTerms invite={invite} />
          {role === undefined ? null : ` · ${t('invite.grants', role.name)}`}
        </>
      }
    >
      <IconButton
        label={t('invite.copy', invite.code)}
        isSmall
        onClick={() => void copy().catch(() => say(t('copy.failed')))}
      >
        <Copy size={16} aria-hidden="true" />
      </IconButton>
      <IconButton label={t('invite.revoke', invite.code)} isSmall isDanger onClick={revoke}>
        <Trash2 size={16} aria-hidden="true" />
      </IconButton>
    </ListRow>
  );
}
