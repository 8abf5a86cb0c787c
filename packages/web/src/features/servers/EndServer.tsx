import type { Id } from '@snug/protocol';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { sayError } from '../../app/say-error.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';

/** Leaving a server, or deleting one's own. */
export function EndServer({ serverId, how, onClose }: { serverId: Id; how: 'leave' | 'delete'; onClose: () => void }) {
  const client = useClient();
  const [, navigate] = useLocation();
  const name = useSelect((state) => state.servers.get(serverId)?.name ?? '');
  const me = useSelect((state) => state.me?.id ?? '');
  const end = async (): Promise<void> => {
    if (how === 'delete') await client.perform('server.delete', { server_id: serverId });
    else await client.perform('member.remove', { server_id: serverId, user_id: me });
    onClose();
    navigate(paths.app);
  };
  return (
    <FormDialog
      title={how === 'delete' ? t('server.delete.title', name) : t('server.leave.title', name)}
      note={how === 'delete' ? t('server.delete.note') : t('server.leave.note')}
      action={how === 'delete' ? t('server.delete') : t('server.leave')}
      isDanger
      explain={sayError}
      onSubmit={end}
      onClose={onClose}
    />
  );
}
