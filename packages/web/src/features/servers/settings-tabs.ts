import { type State, select } from '@snug/client';
import { can, type Id, Permission, type PermissionBits } from '@snug/protocol';

const SETTINGS_TABS = ['overview', 'roles', 'channels', 'members', 'bans', 'invites', 'audit'] as const;
export type SettingsTab = (typeof SETTINGS_TABS)[number];

/** Any one of the bits opens the tab. */
const OPENED_BY: Readonly<Record<SettingsTab, readonly PermissionBits[]>> = {
  overview: [Permission.MANAGE_SERVER],
  roles: [Permission.MANAGE_ROLES],
  channels: [Permission.MANAGE_CHANNELS],
  members: [Permission.KICK_MEMBERS, Permission.BAN_MEMBERS, Permission.MANAGE_ROLES],
  bans: [Permission.BAN_MEMBERS],
  invites: [Permission.MANAGE_SERVER],
  audit: [Permission.MANAGE_SERVER],
};

/** The pages of a server's settings that hold something for the signed-in user. */
export function openTabs(state: State, serverId: Id): readonly SettingsTab[] {
  const bits = select.permissions(state, serverId);
  return SETTINGS_TABS.filter((tab) => OPENED_BY[tab].some((bit) => can(bits, bit)));
}

/** Whether the signed-in user may change a channel's facts, or who may do what in it. */
export function mayChangeChannel(state: State, channelId: Id): boolean {
  const bits = select.channelPermissions(state, channelId);
  return can(bits, Permission.MANAGE_CHANNELS) || can(bits, Permission.MANAGE_ROLES);
}
