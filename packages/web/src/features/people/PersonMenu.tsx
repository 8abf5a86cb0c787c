import { select } from '@snug/client';
import type { Id } from '@snug/protocol';
import { Ban, CircleUser, Ellipsis, Flag, UserMinus } from 'lucide-react';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu, type MenuGroups } from '../../ui/Menu.tsx';
import { usePersonActs } from './use-person-acts.ts';

/** What one does with a person less often. */
export function PersonMenu({ userId, name }: { userId: Id; name: string }) {
  const client = useClient();
  const acts = usePersonActs(userId, name);
  const [, navigate] = useLocation();
  const groups = (): MenuGroups => {
    const state = client.store.getState();
    const username = state.users.get(userId)?.username ?? '';
    const isFriend = state.relationships.get(userId)?.type === 'friend';
    const profile = {
      key: 'profile',
      label: t('person.profile'),
      icon: <CircleUser size={16} />,
      onChoose: () => navigate(paths.profile(username)),
    };
    const unfriend = {
      key: 'unfriend',
      label: t('friend.remove'),
      icon: <UserMinus size={16} />,
      onChoose: () => acts.unfriend(t('friend.removed', name)),
    };
    const isBlocked = select.isBlocked(state, userId);
    const block = {
      key: 'block',
      label: isBlocked ? t('block.remove') : t('block.add'),
      icon: <Ban size={16} />,
      isDanger: !isBlocked,
      onChoose: isBlocked ? acts.unblock : acts.block,
    };
    const report = { key: 'report', label: t('report.add'), icon: <Flag size={16} />, onChoose: acts.report };
    return [
      [...(username === '' ? [] : [profile]), ...(isFriend ? [unfriend] : [])],
      [block, { ...report, isDanger: true }],
    ];
  };
  return (
    <Menu groups={groups} label={t('person.menu', name)} align="end">
      <IconButton label={t('person.menu', name)}>
        <Ellipsis size={18} aria-hidden="true" />
      </IconButton>
    </Menu>
  );
}
