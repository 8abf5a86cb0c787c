import type { AdminAccount } from '@snug/protocol';
import { Ellipsis } from 'lucide-react';
import { sayAgo } from '../../app/say-time.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { ListRow } from '../../ui/ListRow.tsx';
import { Menu } from '../../ui/Menu.tsx';
import type { AccountAct } from './AccountDialog.tsx';

/** One account: who, in which state, seen when; and the menu of what can be done. */
export function AccountRow({ account, onAct }: { account: AdminAccount; onAct: (act: AccountAct) => void }) {
  const isOwn = useSelect((state) => state.me?.id === account.id);
  const name = account.username === '' ? t('accounts.deleted') : `@${account.username}`;
  const entry = (act: AccountAct, isDanger = false) => ({
    key: act,
    label: t(`accounts.${act}`),
    isDanger,
    onChoose: () => onAct(act),
  });
  const groups = [
    [entry('reset'), entry(account.is_admin ? 'demote' : 'promote')],
    // What ends here for somebody else ends for oneself in the settings, with the password.
    isOwn ? [] : [entry(account.state === 'suspended' ? 'restore' : 'suspend'), entry('delete', true)],
  ];
  return (
    <ListRow
      lead={<Avatar id={account.id} name={account.display_name || name} size={32} />}
      title={account.display_name === '' ? name : `${account.display_name} (${name})`}
      note={describe(account)}
    >
      {account.state === 'deleted' ? null : (
        <Menu label={t('accounts.menu', name)} groups={groups} align="end">
          <IconButton label={t('accounts.menu', name)} isSmall>
            <Ellipsis size={18} aria-hidden="true" />
          </IconButton>
        </Menu>
      )}
    </ListRow>
  );
}

function describe({ email, state, is_admin, last_seen_at }: AdminAccount): string {
  const seen =
    last_seen_at === null ? t('accounts.unseen') : t('accounts.seen', sayAgo(new Date(last_seen_at), new Date()));
  return [
    ...(is_admin ? [t('accounts.admin')] : []),
    ...(state === 'suspended' ? [t('accounts.state.suspended').toLocaleLowerCase()] : []),
    ...(email === null ? [] : [email]),
    ...(state === 'deleted' ? [] : [seen]),
  ].join(' · ');
}
