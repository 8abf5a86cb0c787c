import { PinsDialog } from '../pins/PinsDialog.tsx';
import { WhoReacted } from '../reactions/WhoReacted.tsx';
import { ReceiptsDialog } from '../receipts/ReceiptsDialog.tsx';
import { DeleteMessages } from '../selection/DeleteMessages.tsx';
import { DeleteThread } from '../threads/DeleteThread.tsx';
import { EditThread } from '../threads/EditThread.tsx';
import { FollowersDialog } from '../threads/FollowersDialog.tsx';
import { StartThread } from '../threads/StartThread.tsx';
import { ThreadsDialog } from '../threads/ThreadsDialog.tsx';
import type { TalkDialog } from './talk-dialogs.ts';

/** Draws a dialog about what was said. */
export function TalkDialogs({ dialog, onClose }: { dialog: TalkDialog; onClose: () => void }) {
  switch (dialog.kind) {
    case 'pins':
      return <PinsDialog channelId={dialog.channelId} onClose={onClose} />;
    case 'threads':
      return <ThreadsDialog channel={dialog.channel} onClose={onClose} />;
    case 'start-thread':
      return <StartThread {...dialog} onClose={onClose} />;
    case 'edit-thread':
      return <EditThread thread={dialog.thread} onClose={onClose} />;
    case 'delete-thread':
      return <DeleteThread thread={dialog.thread} onClose={onClose} />;
    case 'followers':
      return <FollowersDialog thread={dialog.thread} onClose={onClose} />;
    case 'who-reacted':
      return <WhoReacted message={dialog.message} onClose={onClose} />;
    case 'receipts':
      return <ReceiptsDialog message={dialog.message} onClose={onClose} />;
    case 'delete-messages':
      return <DeleteMessages {...dialog} onClose={onClose} />;
  }
}
