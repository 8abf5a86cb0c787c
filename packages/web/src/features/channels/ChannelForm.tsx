import type { Channel } from '@snug/protocol';
import { type FormEvent, useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { useSubmit } from '../../app/use-submit.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { Check } from '../../ui/Check.tsx';
import { ChangeBar } from '../servers/ChangeBar.tsx';
import { SettingsSection } from '../servers/SettingsPage.tsx';
import { useDialogs } from '../shell/dialogs.ts';
import { type ChannelFacts, ChannelFields } from './ChannelFields.tsx';

type Facts = ChannelFacts & { readonly is_archived: boolean };

function factsOf(channel: Channel): Facts {
  const { name, topic, slow_mode_delay, is_nsfw, is_archived, category_id } = channel;
  return { name, topic, slow_mode_delay, is_nsfw, is_archived, category_id: category_id ?? null };
}

/** Only what is changed is sent, so that what somebody else changes meanwhile stays as they made it. */
export function ChannelForm({ channel }: { channel: Channel }) {
  const client = useClient();
  const submit = useSubmit();
  const open = useDialogs();
  const [change, setChange] = useState<Partial<Facts>>({});
  const [isSaved, setIsSaved] = useState(false);
  const known = factsOf(channel);
  const set = (next: Partial<Facts>): void => {
    setIsSaved(false);
    setChange((before) => ({ ...before, ...next }));
  };
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const worked = await submit.run(async () => {
      await client.perform('channel.update', { channel_id: channel.id, ...change });
    });
    setIsSaved(worked);
    if (worked) setChange({});
  };
  const facts = { ...known, ...change };
  const isChanged = (Object.keys(change) as (keyof Facts)[]).some((key) => change[key] !== known[key]);
  return (
    <>
      <form onSubmit={(event) => void save(event)}>
        <SettingsSection>
          <ChannelFields serverId={channel.server_id ?? ''} facts={facts} onChange={set} />
          <Check
            label={t('channel.archived')}
            hint={t('channel.archived.hint')}
            checked={facts.is_archived}
            onCheck={(isArchived) => set({ is_archived: isArchived })}
          />
        </SettingsSection>
        <ChangeBar
          isChanged={isChanged}
          isSaved={isSaved}
          isBusy={submit.isBusy}
          problem={submit.error === undefined ? null : sayError(submit.error)}
          onDiscard={() => setChange({})}
        />
      </form>
      <SettingsSection title={t('channel.delete')} note={t('channel.delete.note')}>
        <Button kind="danger" onClick={() => open({ kind: 'delete-channel', channelId: channel.id })}>
          {t('channel.delete')}
        </Button>
      </SettingsSection>
    </>
  );
}
