import { type Id, LIMITS, type Message } from '@snug/protocol';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Field, TextField } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { MessageQuote } from '../messages/MessageQuote.tsx';
import { useMemberName } from '../users/use-member-name.ts';
import { ArchiveAfterChoice } from './ArchiveAfterChoice.tsx';
import { archiveAfterOf } from './archive-after.ts';

export interface StartThreadProps {
  serverId: Id;
  channelId: Id;
  /** The message that it begins from; null: it begins alone. */
  message: Message | null;
  onClose: () => void;
}

/** A conversation beside the channel, from a message or alone. */
export function StartThread({ serverId, channelId, message, onClose }: StartThreadProps) {
  const client = useClient();
  const [, navigate] = useLocation();
  const author = useMemberName(serverId, message?.author_id ?? '');
  const [name, setName] = useState('');
  const [content, setContent] = useState('');
  const [archiveAfter, setArchiveAfter] = useState(archiveAfterOf(undefined));
  // One name for the whole dialog: a try that seemed to fail and did not is not repeated.
  const [nonce] = useState(() => crypto.randomUUID());
  const start = async (): Promise<void> => {
    const thread = await client.perform('thread.create', {
      channel_id: channelId,
      name,
      auto_archive_after: archiveAfter,
      nonce,
      ...(message !== null && { message_id: message.id }),
      ...(content.trim() !== '' && { content }),
    });
    onClose();
    navigate(paths.channel(serverId, thread.id));
  };
  return (
    <FormDialog
      title={t('thread.start.title')}
      note={t('thread.start.note')}
      size="medium"
      action={t('thread.start.action')}
      explain={sayError}
      onSubmit={start}
      onClose={onClose}
    >
      {message === null ? null : <MessageQuote message={message} serverId={serverId} name={author} />}
      <Field
        label={t('thread.name')}
        placeholder={t('thread.name.example')}
        required
        maxLength={LIMITS.CHANNEL_NAME_MAX}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <TextField
        label={t('thread.first')}
        rows={3}
        maxLength={LIMITS.MESSAGE_MAX}
        value={content}
        onChange={(event) => setContent(event.target.value)}
      />
      <ArchiveAfterChoice value={archiveAfter} onChoose={setArchiveAfter} />
    </FormDialog>
  );
}
