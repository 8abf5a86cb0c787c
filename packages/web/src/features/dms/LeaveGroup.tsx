import { select } from '@snug/client';
import type { Id } from '@snug/protocol';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { sayError } from '../../app/say-error.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';

export function LeaveGroup({ channelId, onClose }: { channelId: Id; onClose: () => void }) {
  const client = useClient();
  const [here, navigate] = useLocation();
  const name = useSelect((state) => select.channelTitle(state, channelId));
  const isOwner = useSelect((state) => state.channels.get(channelId)?.owner_id === state.me?.id);
  const me = useSelect((state) => state.me?.id ?? '');
  const leave = async (): Promise<void> => {
    await client.perform('group.remove', { channel_id: channelId, user_id: me });
    onClose();
    if (here.startsWith(paths.dm(channelId))) navigate(paths.app);
  };
  return (
    <FormDialog
      title={t('group.leave.title', name)}
      note={isOwner ? `${t('group.leave.note')} ${t('group.leave.owner')}` : t('group.leave.note')}
      action={t('group.leave')}
      isDanger
      explain={sayError}
      onSubmit={leave}
      onClose={onClose}
    />
  );
}
