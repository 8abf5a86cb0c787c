import { type Message, plainText } from '@snug/protocol';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import styles from './DeleteMessage.module.css';

export function DeleteMessage({ message, onClose }: { message: Message; onClose: () => void }) {
  const client = useClient();
  const remove = async (): Promise<void> => {
    await client.deleteMessage(message.channel_id, message.id);
    onClose();
  };
  return (
    <FormDialog
      title={t('message.delete.title')}
      note={t('message.delete.note')}
      action={t('message.delete')}
      isDanger
      explain={sayError}
      onSubmit={remove}
      onClose={onClose}
    >
      <blockquote className={styles.quote}>{plainText(message.content)}</blockquote>
    </FormDialog>
  );
}
