import { useState } from 'react';
import { paths } from '../../app/paths.ts';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { useSubmit } from '../../app/use-submit.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog, DialogActions } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ReasonField } from '../moderation/ReasonField.tsx';
import type { AccountDialogProps } from './AccountDialog.tsx';

/** Makes the one-time link for who forgot the password, and shows it once. */
export function PasswordLink({ open: { account }, onClose }: AccountDialogProps) {
  const client = useClient();
  const submit = useSubmit();
  const [reason, setReason] = useState('');
  const [link, setLink] = useState<string | null>(null);
  const make = async (): Promise<void> => {
    const given = reason.trim() === '' ? {} : { reason: reason.trim() };
    const { token } = await client.call('admin.reset_password', { user_id: account.id, ...given });
    setLink(new URL(paths.resetWith(token), location.origin).href);
  };
  return (
    <Dialog
      title={t('accounts.reset.title', `@${account.username}`)}
      note={t('accounts.reset.note')}
      size="medium"
      onClose={onClose}
    >
      {submit.error === undefined ? null : <Notice kind="problem">{sayError(submit.error)}</Notice>}
      {link === null ? (
        <ReasonField reason={reason} onChange={setReason} />
      ) : (
        <div role="status">
          <Field label={t('accounts.reset.link')} hint={t('accounts.reset.once')} readOnly value={link} />
        </div>
      )}
      <DialogActions>
        <Button kind="plain" onClick={onClose}>
          {link === null ? t('cancel') : t('close')}
        </Button>
        {link === null ? (
          <Button kind="primary" isBusy={submit.isBusy} onClick={() => void submit.run(make)}>
            {t('accounts.reset.action')}
          </Button>
        ) : (
          <CopyLink link={link} />
        )}
      </DialogActions>
    </Dialog>
  );
}

function CopyLink({ link }: { link: string }) {
  const [said, setSaid] = useState('');
  const copy = (): void => {
    navigator.clipboard.writeText(link).then(
      () => setSaid(t('copied')),
      () => setSaid(t('copy.failed')),
    );
  };
  return (
    <Button kind="primary" onClick={copy}>
      <span aria-live="polite">{said === '' ? t('copy') : said}</span>
    </Button>
  );
}
