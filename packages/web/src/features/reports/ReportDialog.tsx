import { type Id, LIMITS, type Message } from '@snug/protocol';
import { useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { TextField } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { MessageQuote } from '../messages/MessageQuote.tsx';

export interface ReportTarget {
  readonly userId: Id;
  /** How they are called where they were met. */
  readonly name: string;
  /** What they said, where that is what is reported. */
  readonly message?: Message;
}

/** Tells those who run the instance of somebody, or of something that was said. */
export function ReportDialog({ target, onClose }: { target: ReportTarget; onClose: () => void }) {
  const { userId, name, message } = target;
  const client = useClient();
  const say = useToast();
  const [reason, setReason] = useState('');
  const send = async (): Promise<void> => {
    const what =
      message === undefined ? { user_id: userId } : { channel_id: message.channel_id, message_id: message.id };
    await client.request('report.create', { ...what, reason });
    say(t('report.done'));
    onClose();
  };
  return (
    <FormDialog
      title={message === undefined ? t('report.title.user', name) : t('report.title.message', name)}
      note={t('report.note')}
      action={t('report.action')}
      explain={sayError}
      onSubmit={send}
      onClose={onClose}
    >
      {message === undefined ? null : <MessageQuote message={message} serverId={null} name={name} />}
      <TextField
        label={t('report.reason')}
        placeholder={t('report.reason.example')}
        required
        rows={4}
        maxLength={LIMITS.REPORT_REASON_MAX}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </FormDialog>
  );
}
