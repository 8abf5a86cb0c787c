import type { Id } from '@snug/protocol';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useToast } from '../../ui/Toasts.tsx';

export function BlockPerson({ userId, name, onClose }: { userId: Id; name: string; onClose: () => void }) {
  const client = useClient();
  const say = useToast();
  const block = async (): Promise<void> => {
    await client.perform('relationship.set', { user_id: userId, type: 'blocked' });
    say(t('block.done', name));
    onClose();
  };
  return (
    <FormDialog
      title={t('block.title', name)}
      note={t('block.note')}
      action={t('block.add')}
      isDanger
      explain={sayError}
      onSubmit={block}
      onClose={onClose}
    />
  );
}
