import type { Channel } from '@snug/protocol';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';

export function DeleteThread({ thread, onClose }: { thread: Channel; onClose: () => void }) {
  const client = useClient();
  const [, navigate] = useLocation();
  const remove = async (): Promise<void> => {
    await client.perform('channel.delete', { channel_id: thread.id });
    onClose();
    navigate(paths.of({ id: thread.parent_id ?? '', server_id: thread.server_id }), { replace: true });
  };
  return (
    <FormDialog
      title={t('thread.delete.title', thread.name)}
      note={t('channel.delete.note')}
      action={t('thread.delete')}
      isDanger
      explain={sayError}
      onSubmit={remove}
      onClose={onClose}
    />
  );
}
