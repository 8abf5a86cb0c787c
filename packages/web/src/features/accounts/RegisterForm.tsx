import { LIMITS } from '@snug/protocol';
import { type FormEvent, useState } from 'react';
import { inviteCode } from '../../app/paths.ts';
import { isDeadInvite, issueOf, sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { useSubmit } from '../../app/use-submit.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import styles from './form.module.css';
import { NewPassword } from './NewPassword.tsx';

export interface RegisterFormProps {
  /** The invite that opens the door; undefined where none is needed or it is asked for. */
  invite?: string | undefined;
  /** Ask for an invite, because this instance wants one and none came with the address. */
  asksInvite?: boolean;
  action: string;
  /** What to say when the invite opens nothing, where it is not one that a person made. */
  staleInvite?: string;
  /** What follows once the account exists, before the button lets go. */
  onRegistered?: () => Promise<void>;
}

/** One form makes an account, wherever it stands: plain, behind an invite, or for the first owner. */
export function RegisterForm(props: RegisterFormProps) {
  const { submit, fieldOf, register } = useRegistration(props);
  const usernameError = issueOf(submit.error, 'username');
  const passwordError = issueOf(submit.error, 'password');
  const hasFieldError = usernameError !== undefined || passwordError !== undefined;
  const problem = isDeadInvite(submit.error) ? props.staleInvite : undefined;
  return (
    <form className={styles.form} onSubmit={register}>
      {submit.error === undefined || hasFieldError ? null : (
        <Notice kind="problem">{problem ?? sayError(submit.error)}</Notice>
      )}
      {props.asksInvite === true ? (
        <Field
          label={t('field.invite')}
          hint={t('field.invite.hint')}
          required
          autoComplete="off"
          {...fieldOf('invite')}
        />
      ) : null}
      <Field
        label={t('field.username')}
        hint={t('field.username.hint')}
        error={usernameError}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        minLength={LIMITS.USERNAME_MIN}
        maxLength={LIMITS.USERNAME_MAX}
        {...fieldOf('username')}
      />
      <Field
        label={t('field.displayName')}
        hint={t('field.displayName.hint')}
        name="name"
        autoComplete="name"
        maxLength={LIMITS.DISPLAY_NAME_MAX}
        {...fieldOf('displayName')}
      />
      <NewPassword
        label={t('field.password')}
        hint={t('field.password.hint', LIMITS.PASSWORD_MIN)}
        error={passwordError}
        name="password"
        {...fieldOf('password')}
      />
      <Button type="submit" kind="primary" isWide isLarge isBusy={submit.isBusy}>
        {props.action}
      </Button>
    </form>
  );
}

const EMPTY = { username: '', displayName: '', password: '', invite: '' };

/** What was filled in, and the account that is made of it. */
function useRegistration(props: RegisterFormProps) {
  const client = useClient();
  const submit = useSubmit();
  const [form, setForm] = useState(EMPTY);
  const fieldOf = (field: keyof typeof EMPTY) => ({
    value: form[field],
    onChange: (event: { target: { value: string } }) =>
      setForm((before) => ({ ...before, [field]: event.target.value })),
  });
  const register = (event: FormEvent): void => {
    event.preventDefault();
    const invite = props.invite ?? inviteCode(form.invite);
    const displayName = form.displayName.trim();
    void submit.run(async () => {
      await client.session.register({
        username: form.username.trim(),
        password: form.password,
        ...(displayName !== '' && { display_name: displayName }),
        ...(invite !== '' && { invite }),
      });
      await props.onRegistered?.();
    });
  };
  return { submit, fieldOf, register };
}
