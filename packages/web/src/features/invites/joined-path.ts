import type { CommandResult } from '@snug/protocol';
import { paths } from '../../app/paths.ts';

/** Where somebody comes in who accepted an invite: into a server, or into a group. */
export function joinedPath(joined: CommandResult<'invite.accept'>): string {
  return 'user_id' in joined ? paths.server(joined.server_id) : paths.dm(joined.id);
}
