import { type InstanceState, RegistrationMode } from '@snug/protocol';
import { useCallback, useEffect, useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { useSubmit } from '../../app/use-submit.ts';
import { t } from '../../strings/t.ts';
import { Bones } from '../../ui/Bones.tsx';
import { Choices } from '../../ui/Choices.tsx';
import { Notice } from '../../ui/Notice.tsx';
import styles from './AdminPage.module.css';

const CONFIGURED = 'configured';

/** Who may make an account. What is chosen holds at once, over restarts and against the settings of the server. */
export function Registration() {
  const client = useClient();
  const submit = useSubmit();
  const { run } = submit;
  const [state, setState] = useState<InstanceState | null>(null);
  const [isSaved, setIsSaved] = useState(false);
  const load = useCallback(async () => setState(await client.call('admin.instance', {})), [client]);
  useEffect(() => void run(load), [run, load]);
  const choose = async (choice: RegistrationMode | typeof CONFIGURED): Promise<void> => {
    const registration = choice === CONFIGURED ? null : choice;
    setIsSaved(
      await run(async () => {
        setState(await client.call('admin.update_instance', { registration }));
      }),
    );
  };
  return (
    <>
      <p className={styles.muted}>{t('registration.note')}</p>
      {submit.error === undefined ? null : <Notice kind="problem">{sayError(submit.error)}</Notice>}
      {state === null && submit.error === undefined ? <Bones kind="lines" count={3} label={t('loading')} /> : null}
      {state === null ? null : (
        <Choices
          legend={t('registration.who')}
          options={[
            ...RegistrationMode.options.map((mode) => ({
              value: mode,
              label: t(`registration.${mode}`),
              note: t(`registration.${mode}.note`),
            })),
            {
              value: CONFIGURED,
              label: t('registration.configured', t(`registration.${state.registration_configured}`)),
              note: t('registration.configured.note'),
            },
          ]}
          value={state.registration_override ?? CONFIGURED}
          isBusy={submit.isBusy}
          onChoose={(choice) => void choose(choice)}
        />
      )}
      <p role="status">{isSaved ? t('saved') : ''}</p>
    </>
  );
}
