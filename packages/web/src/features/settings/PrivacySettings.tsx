import { type UserSettings, WhoMay } from '@snug/protocol';
import { useState } from 'react';
import { Link } from 'wouter';
import { paths } from '../../app/paths.ts';
import { useAttempt } from '../../app/use-attempt.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Bones } from '../../ui/Bones.tsx';
import { Check } from '../../ui/Check.tsx';
import { Choice } from '../../ui/Field.tsx';
import styles from './Settings.module.css';

const WHO = WhoMay.options.map((value) => ({ value, label: t(`privacy.who.${value}`) }));

/** Who comes near: kept on the server at once, for every device. */
export function PrivacySettings({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const attempt = useAttempt();
  const kept = useSelect((state) => state.settings);
  // Shown at once, and given up where the server says no.
  const [wish, setWish] = useState<Partial<UserSettings>>({});
  const username = useSelect((state) => state.me?.username ?? '');
  if (kept === null) return <Bones kind="lines" count={5} label={t('loading')} />;
  const settings = { ...kept, ...wish };
  const set = (change: Partial<UserSettings>): void => {
    setWish((now) => ({ ...now, ...change }));
    attempt(() => client.perform('settings.update', change).finally(() => setWish((now) => without(now, change))));
  };
  const who = (field: 'dm_from' | 'add_from') => (value: string) => {
    const chosen = WhoMay.options.find((one) => one === value);
    if (chosen !== undefined) set({ [field]: chosen });
  };
  return (
    <div className={styles.form}>
      <Choice label={t('privacy.dm')} value={settings.dm_from} options={WHO} onChoose={who('dm_from')} />
      <Choice label={t('privacy.add')} value={settings.add_from} options={WHO} onChoose={who('add_from')} />
      <Check
        label={t('privacy.findable')}
        hint={t('privacy.findable.hint')}
        checked={settings.is_findable}
        onCheck={(is_findable) => set({ is_findable })}
      />
      <Check
        label={t('privacy.receipts')}
        hint={t('privacy.receipts.hint')}
        checked={settings.sends_receipts}
        onCheck={(sends_receipts) => set({ sends_receipts })}
      />
      <Check
        label={t('privacy.profile')}
        hint={t('privacy.profile.hint')}
        checked={settings.public_profile}
        onCheck={(public_profile) => set({ public_profile })}
      />
      <Link href={paths.profile(username)} onClick={onClose}>
        {t('privacy.profile.see')}
      </Link>
    </div>
  );
}

/** What is still wished for when a change was answered: the same field may have been changed again meanwhile. */
function without(wish: Partial<UserSettings>, done: Partial<UserSettings>): Partial<UserSettings> {
  const left = Object.entries(wish).filter(([field, value]) => done[field as keyof UserSettings] !== value);
  return Object.fromEntries(left);
}
