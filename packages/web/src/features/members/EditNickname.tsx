import { LIMITS } from '@snug/protocol';
import { useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Field } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import type { OnMember } from '../moderation/on-member.ts';

export function EditNickname({ serverId, userId, name, onClose }: OnMember) {
  const client = useClient();
  const known = useSelect((state) => state.members.get(serverId)?.get(userId)?.nickname ?? '');
  const isMe = useSelect((state) => state.me?.id === userId);
  const [nickname, setNickname] = useState(known);
  const save = async (): Promise<void> => {
    await client.perform('member.update', { server_id: serverId, user_id: userId, nickname });
    onClose();
  };
  return (
    <FormDialog
      title={isMe ? t('member.nickname.own') : t('member.nickname.title', name)}
      action={t('save')}
      explain={sayError}
      onSubmit={save}
      onClose={onClose}
    >
      <Field
        label={t('member.nickname')}
        hint={isMe ? t('member.nickname.own.hint') : t('member.nickname.hint')}
        maxLength={LIMITS.NICKNAME_MAX}
        autoComplete="off"
        value={nickname}
        onChange={(event) => setNickname(event.target.value)}
      />
    </FormDialog>
  );
}
