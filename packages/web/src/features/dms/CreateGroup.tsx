import { LIMITS, type User } from '@snug/protocol';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { sayError } from '../../app/say-error.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { PeoplePicker } from '../people/PeoplePicker.tsx';
import { GroupFields, type GroupForm } from './GroupFields.tsx';

const NEW: GroupForm = { name: '', topic: '', visibility: 'hidden' };

export function CreateGroup({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const [, navigate] = useLocation();
  const me = useSelect((state) => state.me?.id ?? '');
  const [form, setForm] = useState(NEW);
  const [people, setPeople] = useState<readonly User[]>([]);
  const [nonce] = useState(() => crypto.randomUUID());
  const create = async (): Promise<void> => {
    const group = await client.perform('group.create', {
      ...form,
      recipient_ids: people.map(({ id }) => id),
      nonce,
    });
    onClose();
    navigate(paths.dm(group.id));
  };
  return (
    <FormDialog
      title={t('group.create')}
      note={t('group.create.note')}
      size="medium"
      action={t('group.create.action')}
      explain={sayError}
      onSubmit={create}
      onClose={onClose}
    >
      <PeoplePicker chosen={people} without={[me]} most={LIMITS.GROUP_SIZE - 1} onChange={setPeople} />
      <GroupFields form={form} onChange={setForm} />
    </FormDialog>
  );
}
