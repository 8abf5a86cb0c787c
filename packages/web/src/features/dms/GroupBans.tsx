import type { CommandResult, Id } from '@snug/protocol';
import { useCallback, useEffect } from 'react';
import { Paged } from '../../app/Paged.tsx';
import { sayDay } from '../../app/say-time.ts';
import { useAttempt } from '../../app/use-attempt.ts';
import { type PageStart, usePages } from '../../app/use-pages.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { ListRow } from '../../ui/ListRow.tsx';
import { useMemberName } from '../users/use-member-name.ts';

type Ban = CommandResult<'group.bans'>['items'][number];

/** Who may not come back into a group. */
export function GroupBans({ channelId }: { channelId: Id }) {
  const client = useClient();
  const attempt = useAttempt();
  const load = useCallback(
    ({ last }: PageStart<Ban>) =>
      client.call('group.bans', { channel_id: channelId, ...(last !== null && { after: last.user_id }) }),
    [client, channelId],
  );
  const pages = usePages(load);
  const { patch, reload } = pages;
  useEffect(
    () => client.on('RECIPIENT_REMOVE', (body) => body.channel_id === channelId && body.is_banned && reload()),
    [client, channelId, reload],
  );
  const lift = (userId: Id): void =>
    attempt(async () => {
      await client.request('group.unban', { channel_id: channelId, user_id: userId });
      patch((items) => items.filter((one) => one.user_id !== userId));
    });
  return (
    <Paged pages={pages} label={t('group.tab.bans')} empty={t('group.bans.none')} bones="people">
      {(ban) => <BanRow key={ban.user_id} ban={ban} onLift={() => lift(ban.user_id)} />}
    </Paged>
  );
}

function BanRow({ ban, onLift }: { ban: Ban; onLift: () => void }) {
  const name = useMemberName(null, ban.user_id);
  return (
    <ListRow
      lead={<Avatar id={ban.user_id} name={name} size={32} />}
      title={name}
      note={t('group.banned', sayDay(new Date(ban.created_at)))}
    >
      <Button aria-label={t('group.unban.of', name)} onClick={onLift}>
        {t('group.unban')}
      </Button>
    </ListRow>
  );
}
