import { CreateCategory } from '../channels/CreateCategory.tsx';
import { DeleteCategory } from '../channels/DeleteCategory.tsx';
import { EditNickname } from '../members/EditNickname.tsx';
import { MemberRolesDialog } from '../members/MemberRolesDialog.tsx';
import { BanMember } from '../moderation/BanMember.tsx';
import { KickMember } from '../moderation/KickMember.tsx';
import { LiftBan } from '../moderation/LiftBan.tsx';
import { TimeOutMember } from '../moderation/TimeOutMember.tsx';
import { CreateRole } from '../roles/CreateRole.tsx';
import { DeleteRole } from '../roles/DeleteRole.tsx';
import type { ServerDialog } from './server-dialogs.ts';
import { TransferServer } from './TransferServer.tsx';

/** Draws a dialog about a server or somebody in it. */
export function ServerDialogs({ dialog, onClose }: { dialog: ServerDialog; onClose: () => void }) {
  switch (dialog.kind) {
    case 'transfer-server':
      return <TransferServer serverId={dialog.serverId} onClose={onClose} />;
    case 'create-category':
      return <CreateCategory serverId={dialog.serverId} onClose={onClose} />;
    case 'delete-category':
      return <DeleteCategory serverId={dialog.serverId} categoryId={dialog.categoryId} onClose={onClose} />;
    case 'create-role':
      return <CreateRole serverId={dialog.serverId} onClose={onClose} />;
    case 'delete-role':
      return <DeleteRole serverId={dialog.serverId} roleId={dialog.roleId} onClose={onClose} />;
    case 'member-roles':
      return <MemberRolesDialog {...dialog} onClose={onClose} />;
    case 'nickname':
      return <EditNickname {...dialog} onClose={onClose} />;
    case 'timeout':
      return <TimeOutMember {...dialog} onClose={onClose} />;
    case 'kick':
      return <KickMember {...dialog} onClose={onClose} />;
    case 'ban':
      return <BanMember {...dialog} onClose={onClose} />;
    case 'unban':
      return <LiftBan {...dialog} onClose={onClose} />;
  }
}
