import { type Id, LIMITS } from '@snug/protocol';
import { useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Field } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { givenReason } from './on-member.ts';
import { ReasonField } from './ReasonField.tsx';

/** Keeps somebody out who is not here: who left, or whom the reader knows from elsewhere. */
export function BanByName({ serverId, onClose }: { serverId: Id; onClose: () => void }) {
  const client = useClient();
  const [username, setUsername] = useState('');
  const [reason, setReason] = useState('');
  const ban = async (): Promise<void> => {
    const user = await client.call('user.get', { user_id: username.trim().replace(/^@/, '') });
    await client.perform('ban.create', { server_id: serverId, user_id: user.id, ...givenReason(reason) });
    onClose();
  };
  return (
    <FormDialog
      title={t('ban.byName')}
      note={t('ban.byName.note')}
      action={t('member.ban')}
      isDanger
      explain={sayError}
      onSubmit={ban}
      onClose={onClose}
    >
      <Field
        label={t('field.username')}
        required
        maxLength={LIMITS.USERNAME_MAX + 1}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={username}
        onChange={(event) => setUsername(event.target.value)}
      />
      <ReasonField reason={reason} onChange={setReason} />
    </FormDialog>
  );
}
