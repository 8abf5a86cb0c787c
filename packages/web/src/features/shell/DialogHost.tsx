import { CreateChannel } from '../channels/CreateChannel.tsx';
import { DeleteChannel } from '../channels/DeleteChannel.tsx';
import { InviteDialog } from '../invites/InviteDialog.tsx';
import { CreateServer } from '../servers/CreateServer.tsx';
import { EndServer } from '../servers/EndServer.tsx';
import { JoinServer } from '../servers/JoinServer.tsx';
import { ServerDialogs } from '../servers/ServerDialogs.tsx';
import { Settings } from '../settings/Settings.tsx';
import type { OpenDialog } from './dialogs.ts';
import { PeopleDialogs } from './PeopleDialogs.tsx';
import { Switcher } from './Switcher.tsx';
import { TalkDialogs } from './TalkDialogs.tsx';

/** Draws the dialog that is open. */
export function DialogHost({ dialog, onClose }: { dialog: OpenDialog | null; onClose: () => void }) {
  if (dialog === null) return null;
  switch (dialog.kind) {
    case 'create-server':
      return <CreateServer onClose={onClose} />;
    case 'join-server':
      return <JoinServer onClose={onClose} />;
    case 'delete-server':
      return <EndServer serverId={dialog.serverId} how="delete" onClose={onClose} />;
    case 'leave-server':
      return <EndServer serverId={dialog.serverId} how="leave" onClose={onClose} />;
    case 'create-channel':
      return <CreateChannel serverId={dialog.serverId} categoryId={dialog.categoryId ?? null} onClose={onClose} />;
    case 'delete-channel':
      return <DeleteChannel channelId={dialog.channelId} onClose={onClose} />;
    case 'invite':
      return <InviteDialog serverId={dialog.serverId} onClose={onClose} />;
    case 'settings':
      return <Settings onClose={onClose} />;
    case 'switcher':
      return <Switcher onClose={onClose} />;
    case 'pins':
    case 'threads':
    case 'start-thread':
    case 'edit-thread':
    case 'delete-thread':
    case 'followers':
    case 'who-reacted':
    case 'receipts':
    case 'delete-messages':
      return <TalkDialogs dialog={dialog} onClose={onClose} />;
    case 'create-group':
    case 'group':
    case 'leave-group':
    case 'block':
    case 'report':
    case 'notify':
    case 'status':
      return <PeopleDialogs dialog={dialog} onClose={onClose} />;
    default:
      return <ServerDialogs dialog={dialog} onClose={onClose} />;
  }
}
