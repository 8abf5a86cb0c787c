import type { MessageFate } from '@snug/protocol';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { forgetAll } from '../../app/local-memory.ts';
import { paths } from '../../app/paths.ts';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { useSubmit } from '../../app/use-submit.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { FateOfMessages } from '../accounts/FateOfMessages.tsx';
import styles from './Settings.module.css';

/** Ends the account: what that means first, then a choice and the password. */
export function LeaveInstance() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <section className={styles.form} aria-labelledby="leave-title">
      <h3 id="leave-title">{t('leave.title')}</h3>
      <p className={styles.muted}>{t('leave.note')}</p>
      {isOpen ? (
        <LeaveForm />
      ) : (
        <div className={styles.actions}>
          <Button onClick={() => setIsOpen(true)}>{t('leave.open')}</Button>
        </div>
      )}
    </section>
  );
}

function LeaveForm() {
  const submit = useSubmit();
  const leave = useLeave();
  const [messages, setMessages] = useState<MessageFate>('keep');
  const [password, setPassword] = useState('');
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void submit.run(() => leave(password, messages));
      }}
    >
      <FateOfMessages fate={messages} onChoose={setMessages} />
      {submit.error === undefined ? null : <Notice kind="problem">{sayError(submit.error)}</Notice>}
      <Field
        label={t('leave.password')}
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <div className={styles.actions}>
        <Button type="submit" kind="danger" isBusy={submit.isBusy}>
          {t('leave.action')}
        </Button>
      </div>
    </form>
  );
}

/** Deletes the account on the server, then everything that this browser kept of it. */
function useLeave(): (password: string, messages: MessageFate) => Promise<void> {
  const client = useClient();
  const say = useToast();
  const [, navigate] = useLocation();
  return async (password, messages) => {
    await client.call('auth.delete_account', { password, messages });
    navigate(paths.landing);
    forgetAll();
    say(t('leave.done'));
    // The server has ended the session with the account; this ends it here.
    await client.session.logout();
  };
}
