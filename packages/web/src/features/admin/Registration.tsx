import { type InstanceState, RegistrationMode } from '@snug/protocol';
import { type FormEvent, useCallback, useEffect, useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { useSubmit } from '../../app/use-submit.ts';
import { t } from '../../strings/t.ts';
import { Bones } from '../../ui/Bones.tsx';
import { Choices } from '../../ui/Choices.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { SaveBar } from '../settings/SaveBar.tsx';
import styles from './AdminPage.module.css';

const CONFIGURED = 'configured';

type Choice = RegistrationMode | typeof CONFIGURED;

/** Who may make an account. What is chosen holds at once, over restarts and against the settings of the server. */
export function Registration() {
  const client = useClient();
  const submit = useSubmit();
  const { run } = submit;
  const [state, setState] = useState<InstanceState | null>(null);
  const [choice, setChoice] = useState<Choice | null>(null);
  const [isSaved, setIsSaved] = useState(false);
  const load = useCallback(async () => setState(await client.call('admin.instance', {})), [client]);
  useEffect(() => void run(load), [run, load]);
  const chosen = choice ?? state?.registration_override ?? CONFIGURED;
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const registration = chosen === CONFIGURED ? null : chosen;
    setIsSaved(
      await run(async () => {
        setState(await client.call('admin.update_instance', { registration }));
        setChoice(null);
      }),
    );
  };
  return (
    <form className={styles.content} onSubmit={(event) => void save(event)}>
      <p className={styles.muted}>{t('registration.note')}</p>
      {submit.error === undefined ? null : <Notice kind="problem">{sayError(submit.error)}</Notice>}
      {state === null && submit.error === undefined ? <Bones kind="lines" count={3} label={t('loading')} /> : null}
      {state === null ? null : (
        <>
          <Choices
            legend={t('registration.who')}
            options={optionsOf(state)}
            value={chosen}
            onChoose={(next) => {
              setIsSaved(false);
              setChoice(next);
            }}
          />
          <SaveBar action={t('save')} isBusy={submit.isBusy} said={isSaved ? t('saved') : ''} />
        </>
      )}
    </form>
  );
}

function optionsOf(state: InstanceState): { value: Choice; label: string; note: string }[] {
  return [
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
  ];
}
