import type { Id, Message } from '@snug/protocol';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import styles from './DeleteMessage.module.css';
import { usePlain } from './use-plain.ts';

/** All of it: this is the last look. */
const WHOLE = {};

export function DeleteMessage(props: { message: Message; serverId: Id | null; onClose: () => void }) {
  const { message, serverId, onClose } = props;
  const client = useClient();
  const words = usePlain(message.content, serverId, WHOLE);
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
      <blockquote className={styles.quote}>{words}</blockquote>
    </FormDialog>
  );
}
