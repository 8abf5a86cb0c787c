import type { Id } from '@snug/protocol';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { sayError } from '../../app/say-error.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { openTabs } from '../servers/settings-tabs.ts';

export function DeleteChannel({ channelId, onClose }: { channelId: Id; onClose: () => void }) {
  const client = useClient();
  const [here, navigate] = useLocation();
  const channel = useSelect((state) => state.channels.get(channelId));
  const mayList = useSelect((state) => openTabs(state, channel?.server_id ?? '').includes('channels'));
  const remove = async (): Promise<void> => {
    const serverId = channel?.server_id;
    await client.perform('channel.delete', { channel_id: channelId });
    onClose();
    if (serverId === undefined) return;
    if (here === paths.channel(serverId, channelId)) navigate(paths.server(serverId));
    if (here === paths.serverSettings(serverId, 'channels', channelId)) {
      navigate(mayList ? paths.serverSettings(serverId, 'channels') : paths.server(serverId));
    }
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
