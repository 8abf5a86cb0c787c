import { type State, select } from '@snug/client';
import type { NotificationSetting } from '@snug/protocol';
import { useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useNowUntil } from '../../app/use-now.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { useSubmit } from '../../app/use-submit.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Field.tsx';
import { ListRow } from '../../ui/ListRow.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { muteEnd, muteOptions } from '../notifications/mute-lengths.ts';
import { sayMute, sayQuiet } from '../notifications/say-mute.ts';
import { useDialogs } from '../shell/dialogs.ts';
import styles from './Settings.module.css';

/** Quiet hours, and every place of which one wants to hear otherwise than usual. */
export function NotificationSettings() {
  return (
    <div className={styles.form}>
      <DoNotDisturb />
      <Places />
    </div>
  );
}

function DoNotDisturb() {
  const client = useClient();
  const submit = useSubmit();
  const [length, setLength] = useState('3600000');
  const until = useSelect((state) => state.settings?.dnd_until ?? null);
  const end = until === null ? null : Date.parse(until);
  const now = useNowUntil(end);
  const isOn = end !== null && end > now;
  const set = (next: string | null): void => {
    void submit.run(async () => {
      await client.perform('settings.update', { dnd_until: next });
    });
  };
  return (
    <section className={styles.form} aria-labelledby="dnd-title">
      <h3 id="dnd-title">{t('dnd.title')}</h3>
      <p className={styles.muted}>{t('dnd.note')}</p>
      {submit.error === undefined ? null : <Notice kind="problem">{sayError(submit.error)}</Notice>}
      <p role="status">{isOn && until !== null ? sayQuiet(until) : t('dnd.off')}</p>
      {isOn ? (
        <div className={styles.actions}>
          <Button isBusy={submit.isBusy} onClick={() => set(null)}>
            {t('dnd.end')}
          </Button>
        </div>
      ) : (
        <div className={styles.inline}>
          <Choice label={t('dnd.length')} value={length} options={muteOptions} onChoose={setLength} />
          <Button isBusy={submit.isBusy} onClick={() => set(muteEnd(length, Date.now()))}>
            {t('dnd.start')}
          </Button>
        </div>
      )}
    </section>
  );
}

function Places() {
  const settings = useSelect((state) => state.notifications);
  const now = Date.now();
  const shown = [...settings.values()].filter(
    ({ level, muted_until: until }) => level !== null || (until !== null && Date.parse(until) > now),
  );
  return (
    <section className={styles.form} aria-labelledby="places-title">
      <h3 id="places-title">{t('notify.servers')}</h3>
      <p className={styles.muted}>{t('notify.servers.note')}</p>
      {shown.length === 0 ? <p>{t('notify.none')}</p> : null}
      <ul aria-label={t('notify.servers')}>
        {shown.map((setting) => (
          <PlaceRow key={setting.target_id} setting={setting} />
        ))}
      </ul>
    </section>
  );
}

function PlaceRow({ setting: { target_id: id, level, muted_until: until } }: { setting: NotificationSetting }) {
  const open = useDialogs();
  const name = useSelect((state) => placeName(state, id));
  const isMuted = until !== null && Date.parse(until) > Date.now();
  const words = [level === null ? null : t(`notify.level.${level}`), isMuted ? sayMute(until) : null];
  return (
    <ListRow title={name} note={words.filter((one) => one !== null).join(' · ')}>
      <Button aria-label={t('notify.change', name)} onClick={() => open({ kind: 'notify', targetId: id, name })}>
        {t('notify.change.short')}
      </Button>
    </ListRow>
  );
}

function placeName(state: State, id: string): string {
  const server = state.servers.get(id);
  if (server !== undefined) return server.name;
  const channel = state.channels.get(id);
  if (channel === undefined) return t('notify.gone');
  const title = select.channelTitle(state, id);
  if (channel.server_id === undefined) return title;
  return t('inbox.in', title, state.servers.get(channel.server_id)?.name ?? '');
}
