import type { Id, MemberWithUser } from '@snug/protocol';
import { useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { MemberPicker } from '../members/MemberPicker.tsx';
import { nameOf } from '../members/name-of.ts';

export function TransferServer({ serverId, onClose }: { serverId: Id; onClose: () => void }) {
  const client = useClient();
  const name = useSelect((state) => state.servers.get(serverId)?.name ?? '');
  const me = useSelect((state) => state.me?.id);
  const [chosen, setChosen] = useState<MemberWithUser | null>(null);
  const transfer = async (): Promise<void> => {
    if (chosen === null) return;
    await client.perform('server.transfer', { server_id: serverId, user_id: chosen.user_id });
    onClose();
  };
  return (
    <FormDialog
      title={t('server.transfer.title', name)}
      note={t('server.transfer.note')}
      action={chosen === null ? t('server.transfer.action') : t('server.transfer.to.action', nameOf(chosen))}
      isDanger
      isReady={chosen !== null}
      explain={sayError}
      onSubmit={transfer}
      onClose={onClose}
    >
      <MemberPicker
        label={t('server.transfer.to')}
        serverId={serverId}
        chosenId={chosen?.user_id ?? null}
        isOffered={(member) => member.user_id !== me && !member.user.is_bot}
        onChoose={setChosen}
      />
    </FormDialog>
  );
}
