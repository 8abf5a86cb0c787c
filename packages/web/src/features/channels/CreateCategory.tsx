import { type Id, LIMITS } from '@snug/protocol';
import { useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Field } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';

export function CreateCategory({ serverId, onClose }: { serverId: Id; onClose: () => void }) {
  const client = useClient();
  const [name, setName] = useState('');
  const [nonce] = useState(() => crypto.randomUUID());
  const create = async (): Promise<void> => {
    await client.perform('category.create', { server_id: serverId, name, nonce });
    onClose();
  };
  return (
    <FormDialog
      title={t('category.create')}
      action={t('channel.create.action')}
      explain={sayError}
      onSubmit={create}
      onClose={onClose}
    >
      <Field
        label={t('category.name.label')}
        placeholder={t('category.name.example')}
        required
        maxLength={LIMITS.CATEGORY_NAME_MAX}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
    </FormDialog>
  );
}
