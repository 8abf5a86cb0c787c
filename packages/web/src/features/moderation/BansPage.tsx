import type { Ban, Id } from '@snug/protocol';
import { useCallback, useEffect, useState } from 'react';
import { Paged } from '../../app/Paged.tsx';
import { sayWhen } from '../../app/say-time.ts';
import { type PageStart, usePages } from '../../app/use-pages.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { ListRow } from '../../ui/ListRow.tsx';
import { useMemberNames } from '../members/use-member-names.ts';
import { SettingsPage } from '../servers/SettingsPage.tsx';
import { useDialogs } from '../shell/dialogs.ts';
import { BanByName } from './BanByName.tsx';

const PAGE = 50;

/** Who may not come in, why, and the way to let them. */
export function BansPage({ serverId }: { serverId: Id }) {
  const client = useClient();
  const [isBanning, setIsBanning] = useState(false);
  const load = useCallback(
    ({ last }: PageStart<Ban>) =>
      client.call('ban.list', { server_id: serverId, limit: PAGE, ...(last !== null && { after: last.user_id }) }),
    [client, serverId],
  );
  const pages = usePages(load);
  const { reload, patch } = pages;
  useEffect(() => {
    const ends = [
      client.on('BAN_ADD', (body) => {
        if (body.server_id === serverId) reload();
      }),
      client.on('BAN_REMOVE', (body) => {
        if (body.server_id === serverId) patch((bans) => bans.filter((ban) => ban.user_id !== body.user_id));
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [client, serverId, reload, patch]);
  const names = useMemberNames(serverId, pages.items?.map((ban) => ban.banned_by) ?? []);
  return (
    <SettingsPage
      title={t('serverSettings.bans')}
      note={t('bans.note')}
      action={<Button onClick={() => setIsBanning(true)}>{t('ban.byName')}</Button>}
    >
      <Paged pages={pages} label={t('serverSettings.bans')} empty={t('bans.none')} bones="people">
        {(ban) => <BanRow key={ban.user_id} ban={ban} by={names[ban.banned_by] ?? ''} />}
      </Paged>
      {isBanning ? <BanByName serverId={serverId} onClose={() => setIsBanning(false)} /> : null}
    </SettingsPage>
  );
}

function BanRow({ ban, by }: { ban: Ban; by: string }) {
  const open = useDialogs();
  const name = ban.user?.display_name || ban.user?.username || t('target.left');
  const when = sayWhen(new Date(ban.created_at), new Date());
  return (
    <ListRow
      lead={<Avatar id={ban.user_id} name={name} size={32} />}
      title={name}
      note={
        <>
          {ban.reason === '' ? t('bans.noReason') : ban.reason} · {t('bans.by', by || t('target.left'), when)}
        </>
      }
    >
      <Button
        aria-label={t('ban.lift.of', name)}
        onClick={() => open({ kind: 'unban', serverId: ban.server_id, userId: ban.user_id, name })}
      >
        {t('ban.lift')}
      </Button>
    </ListRow>
  );
}
