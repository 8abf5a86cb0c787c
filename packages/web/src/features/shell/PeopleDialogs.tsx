import { CreateGroup } from '../dms/CreateGroup.tsx';
import { GroupDialog } from '../dms/GroupDialog.tsx';
import { LeaveGroup } from '../dms/LeaveGroup.tsx';
import { NotifyDialog } from '../notifications/NotifyDialog.tsx';
import { BlockPerson } from '../people/BlockPerson.tsx';
import { ReportDialog } from '../reports/ReportDialog.tsx';
import { StatusDialog } from '../users/StatusDialog.tsx';
import type { PeopleDialog } from './people-dialogs.ts';

/** Draws a dialog about people, conversations, or what one wants to hear of. */
export function PeopleDialogs({ dialog, onClose }: { dialog: PeopleDialog; onClose: () => void }) {
  switch (dialog.kind) {
    case 'create-group':
      return <CreateGroup onClose={onClose} />;
    case 'group':
      return <GroupDialog channelId={dialog.channelId} onClose={onClose} />;
    case 'leave-group':
      return <LeaveGroup channelId={dialog.channelId} onClose={onClose} />;
    case 'block':
      return <BlockPerson userId={dialog.userId} name={dialog.name} onClose={onClose} />;
    case 'report':
      return <ReportDialog target={dialog.target} onClose={onClose} />;
    case 'notify':
      return <NotifyDialog targetId={dialog.targetId} name={dialog.name} onClose={onClose} />;
    case 'status':
      return <StatusDialog onClose={onClose} />;
  }
}
