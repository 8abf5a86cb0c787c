import type { Id } from '@snug/protocol';
import { useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { ReasonField } from '../moderation/ReasonField.tsx';

export interface DeleteMessagesProps {
  channelId: Id;
  ids: readonly Id[];
  onDone: () => void;
  onClose: () => void;
}

/** Several messages at once, by somebody who keeps order. */
export function DeleteMessages({ channelId, ids, onDone, onClose }: DeleteMessagesProps) {
  const client = useClient();
  const say = useToast();
  const [reason, setReason] = useState('');
  const remove = async (): Promise<void> => {
    const { deleted } = await client.perform('message.bulk_delete', {
      channel_id: channelId,
      message_ids: [...ids],
      ...(reason.trim() !== '' && { reason: reason.trim() }),
    });
    say(t('select.deleted', deleted.length));
    onDone();
    onClose();
  };
  return (
    <FormDialog
      title={t('select.delete.title', ids.length)}
      note={t('select.delete.note')}
      action={t('select.delete')}
      isDanger
      explain={sayError}
      onSubmit={remove}
      onClose={onClose}
    >
      <ReasonField reason={reason} onChange={setReason} />
    </FormDialog>
  );
}
