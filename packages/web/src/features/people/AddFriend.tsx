import { LIMITS } from '@snug/protocol';
import { type FormEvent, useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { useSubmit } from '../../app/use-submit.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import styles from './FriendsPage.module.css';

/** Asks somebody by username to be a friend. */
export function AddFriend() {
  const client = useClient();
  const say = useToast();
  const submit = useSubmit();
  const [username, setUsername] = useState('');
  const ask = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const name = username.trim().replace(/^@/, '');
    await submit.run(async () => {
      const { type } = await client.perform('relationship.set', { user_id: name, type: 'friend' });
      // Who had asked already is a friend at once.
      say(type === 'friend' ? t('friend.add.now', name) : t('friend.add.done', name));
      setUsername('');
    });
  };
  return (
    <form className={styles.add} onSubmit={(event) => void ask(event)}>
      <Field
        label={t('friend.add.label')}
        hint={t('friend.add.hint')}
        error={submit.error === undefined ? undefined : sayError(submit.error)}
        required
        maxLength={LIMITS.USERNAME_MAX + 1}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={username}
        onChange={(event) => setUsername(event.target.value)}
      />
      <Button type="submit" kind="primary" isBusy={submit.isBusy}>
        {t('friend.add.action')}
      </Button>
    </form>
  );
}
