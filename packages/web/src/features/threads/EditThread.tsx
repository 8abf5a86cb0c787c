import { type Channel, LIMITS } from '@snug/protocol';
import { useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Field } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { ArchiveAfterChoice } from './ArchiveAfterChoice.tsx';
import { archiveAfterOf } from './archive-after.ts';

/** A thread's name, and when it archives itself. */
export function EditThread({ thread, onClose }: { thread: Channel; onClose: () => void }) {
  const client = useClient();
  const [name, setName] = useState(thread.name);
  const [archiveAfter, setArchiveAfter] = useState(archiveAfterOf(thread.auto_archive_after));
  const save = async (): Promise<void> => {
    await client.perform('channel.update', { channel_id: thread.id, name, auto_archive_after: archiveAfter });
    onClose();
  };
  return (
    <FormDialog title={t('thread.edit')} action={t('save')} explain={sayError} onSubmit={save} onClose={onClose}>
      <Field
        label={t('thread.name')}
        required
        maxLength={LIMITS.CHANNEL_NAME_MAX}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <ArchiveAfterChoice value={archiveAfter} onChoose={setArchiveAfter} />
    </FormDialog>
  );
}
