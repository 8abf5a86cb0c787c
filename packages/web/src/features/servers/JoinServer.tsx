import { useState } from 'react';
import { useLocation } from 'wouter';
import { inviteCode } from '../../app/paths.ts';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Field } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { joinedPath } from '../invites/joined-path.ts';

export function JoinServer({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const [, navigate] = useLocation();
  const [pasted, setPasted] = useState('');
  const join = async (): Promise<void> => {
    const joined = await client.perform('invite.accept', { code: inviteCode(pasted) });
    onClose();
    navigate(joinedPath(joined));
  };
  return (
    <FormDialog
      title={t('server.join')}
      note={t('server.join.note')}
      action={t('invite.join')}
      explain={sayError}
      onSubmit={join}
      onClose={onClose}
    >
      <Field
        label={t('field.invite')}
        placeholder={t('field.invite.example', location.origin)}
        required
        autoComplete="off"
        value={pasted}
        onChange={(event) => setPasted(event.target.value)}
      />
    </FormDialog>
  );
}
