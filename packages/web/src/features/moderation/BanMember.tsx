import { useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Choice } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { givenReason, type OnMember } from './on-member.ts';
import { ReasonField } from './ReasonField.tsx';

const HOUR = 3600;
/** Seconds of messages to erase. */
const PURGES = [0, HOUR, 6 * HOUR, 24 * HOUR, 3 * 24 * HOUR, 7 * 24 * HOUR];

export function BanMember({ serverId, userId, name, onClose }: OnMember) {
  const client = useClient();
  const [reason, setReason] = useState('');
  const [purge, setPurge] = useState(0);
  const ban = async (): Promise<void> => {
    await client.perform('ban.create', {
      server_id: serverId,
      user_id: userId,
      delete_message_seconds: purge,
      ...givenReason(reason),
    });
    onClose();
  };
  return (
    <FormDialog
      title={t('member.ban.title', name)}
      note={t('member.ban.note')}
      action={t('member.ban')}
      isDanger
      explain={sayError}
      onSubmit={ban}
      onClose={onClose}
    >
      <ReasonField reason={reason} onChange={setReason} />
      <Choice
        label={t('member.ban.purge')}
        value={String(purge)}
        options={PURGES.map((value) => ({ value: String(value), label: t('member.ban.purge.of', value) }))}
        onChoose={(value) => setPurge(Number(value))}
      />
    </FormDialog>
  );
}
