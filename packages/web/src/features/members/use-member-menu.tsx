import { type State, select } from '@snug/client';
import { can, type Id, type Member, Permission } from '@snug/protocol';
import { Clock, ClockArrowUp, Gavel, HeadphoneOff, MicOff, Shield, SquarePen, UserMinus } from 'lucide-react';
import { type ReactNode, useCallback } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import type { MenuEntry, MenuGroups } from '../../ui/Menu.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { isAbove, isAdministrator } from '../roles/standing.ts';
import type { ServerDialog } from '../servers/server-dialogs.ts';
import { useDialogs } from '../shell/dialogs.ts';
import { isTimedOut } from './is-timed-out.ts';

export type MemberFacts = Pick<Member, 'user_id' | 'role_ids' | 'timed_out_until' | 'is_muted' | 'is_deafened'>;

/** What the signed-in user may do with a member. Nothing is offered that would be refused. */
interface MemberActs {
  readonly roles: boolean;
  readonly nickname: boolean;
  readonly timeout: boolean;
  readonly kick: boolean;
  readonly ban: boolean;
}

function memberActs(state: State, serverId: Id, member: MemberFacts): MemberActs {
  const bits = select.permissions(state, serverId);
  const isMe = state.me?.id === member.user_id;
  const above = isAbove(state, serverId, member.user_id, member.role_ids);
  const mayKick = above && can(bits, Permission.KICK_MEMBERS);
  return {
    roles: (above || isMe) && can(bits, Permission.MANAGE_ROLES),
    nickname: isMe || mayKick,
    timeout: mayKick && !isAdministrator(state, serverId, member.role_ids),
    kick: mayKick,
    ban: above && can(bits, Permission.BAN_MEMBERS),
  };
}

/** Makes the menu of a member when it is opened. */
export function useMemberMenu(serverId: Id): (member: MemberFacts, name: string) => MenuGroups {
  const client = useClient();
  const open = useDialogs();
  const say = useToast();
  return useCallback(
    (member, name) => {
      const acts = memberActs(client.store.getState(), serverId, member);
      const userId = member.user_id;
      const entry = (kind: Extract<ServerDialog, { userId: Id }>['kind'], label: string, icon: ReactNode) => ({
        key: kind,
        label,
        icon,
        isDanger: kind === 'kick' || kind === 'ban',
        onChoose: () => open({ kind, serverId, userId, name }),
      });
      const change = (key: string, label: string, icon: ReactNode, facts: Partial<MemberFacts>) => ({
        key,
        label,
        icon,
        onChoose: () =>
          void client
            .perform('member.update', { server_id: serverId, user_id: userId, ...facts })
            .catch((error: unknown) => say(sayError(error))),
      });
      const timeout = isTimedOut(member, Date.now())
        ? change('timeout', t('member.timeout.end'), <ClockArrowUp size={16} />, { timed_out_until: null })
        : entry('timeout', t('member.timeout'), <Clock size={16} />);
      return [
        [
          ...(acts.roles ? [entry('member-roles', t('member.roles'), <Shield size={16} />)] : []),
          ...(acts.nickname ? [entry('nickname', t('member.nickname.menu'), <SquarePen size={16} />)] : []),
        ],
        acts.kick ? voiceEntries(member, change) : [],
        [
          ...(acts.timeout ? [timeout] : []),
          ...(acts.kick ? [entry('kick', t('member.kick'), <UserMinus size={16} />)] : []),
          ...(acts.ban ? [entry('ban', t('member.ban'), <Gavel size={16} />)] : []),
        ],
      ];
    },
    [client, open, say, serverId],
  );
}

type Change = (key: string, label: string, icon: ReactNode, facts: Partial<MemberFacts>) => MenuEntry;

/** Speaking and hearing in voice channels. */
function voiceEntries({ is_muted, is_deafened }: MemberFacts, change: Change): readonly MenuEntry[] {
  return [
    change('mute', t(is_muted ? 'member.unmute' : 'member.mute'), <MicOff size={16} />, { is_muted: !is_muted }),
    change('deafen', t(is_deafened ? 'member.undeafen' : 'member.deafen'), <HeadphoneOff size={16} />, {
      is_deafened: !is_deafened,
    }),
  ];
}

/** Whether a menu of this member would hold anything. */
export function hasActs(state: State, serverId: Id, member: MemberFacts): boolean {
  return Object.values(memberActs(state, serverId, member)).includes(true);
}
