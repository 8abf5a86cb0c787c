import type { MemberWithUser } from '@snug/protocol';

/** How a member is called in their server, as a list answered it: nickname, display name, username. */
export function nameOf(member: MemberWithUser): string {
  return member.nickname || member.user.display_name || member.user.username;
}
