import { useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Choice } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { givenReason, type OnMember } from './on-member.ts';
import { ReasonField } from './ReasonField.tsx';

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;
/** Seconds. The longest stays a minute below the limit: clocks differ. */
const LENGTHS = [MINUTE, 5 * MINUTE, 10 * MINUTE, 60 * MINUTE, 6 * 60 * MINUTE, DAY, 7 * DAY, 28 * DAY - MINUTE];

export function TimeOutMember({ serverId, userId, name, onClose }: OnMember) {
  const client = useClient();
  const [reason, setReason] = useState('');
  const [length, setLength] = useState(10 * MINUTE);
  const timeOut = async (): Promise<void> => {
    await client.perform('member.update', {
      server_id: serverId,
      user_id: userId,
      timed_out_until: new Date(Date.now() + length * 1000).toISOString(),
      ...givenReason(reason),
    });
    onClose();
  };
  return (
    <FormDialog
      title={t('member.timeout.title', name)}
      note={t('member.timeout.note')}
      action={t('member.timeout')}
      isDanger
      explain={sayError}
      onSubmit={timeOut}
      onClose={onClose}
    >
      <Choice
        label={t('member.timeout.for')}
        value={String(length)}
        options={LENGTHS.map((value) => ({ value: String(value), label: t('member.timeout.of', value) }))}
        onChoose={(value) => setLength(Number(value))}
      />
      <ReasonField reason={reason} onChange={setReason} />
    </FormDialog>
  );
}
