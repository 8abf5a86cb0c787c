import type { Id } from '@snug/protocol';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { sayError } from '../../app/say-error.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';

export function DeleteChannel({ channelId, onClose }: { channelId: Id; onClose: () => void }) {
  const client = useClient();
  const [here, navigate] = useLocation();
  const channel = useSelect((state) => state.channels.get(channelId));
  const remove = async (): Promise<void> => {
    const serverId = channel?.server_id;
    await client.perform('channel.delete', { channel_id: channelId });
    onClose();
    if (serverId !== undefined && here === paths.channel(serverId, channelId)) navigate(paths.server(serverId));
  };
  return (
    <FormDialog
      title={t('channel.delete.title', channel?.name ?? '')}
      note={t('channel.delete.note')}
      action={t('channel.delete')}
      isDanger
      explain={sayError}
      onSubmit={remove}
      onClose={onClose}
    />
  );
}
