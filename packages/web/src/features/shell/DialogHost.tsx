import { CreateChannel } from '../channels/CreateChannel.tsx';
import { DeleteChannel } from '../channels/DeleteChannel.tsx';
import { EditChannel } from '../channels/EditChannel.tsx';
import { InviteDialog } from '../invites/InviteDialog.tsx';
import { CreateServer } from '../servers/CreateServer.tsx';
import { EditServer } from '../servers/EditServer.tsx';
import { EndServer } from '../servers/EndServer.tsx';
import { JoinServer } from '../servers/JoinServer.tsx';
import { Settings } from '../settings/Settings.tsx';
import type { OpenDialog } from './dialogs.ts';
import { Switcher } from './Switcher.tsx';

/** Draws the dialog that is open. */
export function DialogHost({ dialog, onClose }: { dialog: OpenDialog | null; onClose: () => void }) {
  switch (dialog?.kind) {
    case undefined:
      return null;
    case 'create-server':
      return <CreateServer onClose={onClose} />;
    case 'join-server':
      return <JoinServer onClose={onClose} />;
    case 'edit-server':
      return <EditServer serverId={dialog.serverId} onClose={onClose} />;
    case 'delete-server':
      return <EndServer serverId={dialog.serverId} how="delete" onClose={onClose} />;
    case 'leave-server':
      return <EndServer serverId={dialog.serverId} how="leave" onClose={onClose} />;
    case 'create-channel':
      return <CreateChannel serverId={dialog.serverId} onClose={onClose} />;
    case 'edit-channel':
      return <EditChannel channelId={dialog.channelId} onClose={onClose} />;
    case 'delete-channel':
      return <DeleteChannel channelId={dialog.channelId} onClose={onClose} />;
    case 'invite':
      return <InviteDialog serverId={dialog.serverId} onClose={onClose} />;
    case 'settings':
      return <Settings onClose={onClose} />;
    case 'switcher':
      return <Switcher onClose={onClose} />;
  }
}
