import type { Channel } from '@snug/protocol';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { Check } from '../../ui/Check.tsx';
import { ChangeBar } from '../servers/ChangeBar.tsx';
import { SettingsSection } from '../servers/SettingsPage.tsx';
import { useChanges } from '../servers/use-changes.ts';
import { useDialogs } from '../shell/dialogs.ts';
import { type ChannelFacts, ChannelFields } from './ChannelFields.tsx';

type Facts = ChannelFacts & { readonly is_archived: boolean };

function factsOf(channel: Channel): Facts {
  const { name, topic, slow_mode_delay, is_nsfw, is_archived, category_id } = channel;
  return { name, topic, slow_mode_delay, is_nsfw, is_archived, category_id: category_id ?? null };
}

/** What a channel is, to be changed; at its foot its end. */
export function ChannelForm({ channel }: { channel: Channel }) {
  const client = useClient();
  const open = useDialogs();
  const { facts, set, submit, bar } = useChanges(factsOf(channel), (change) =>
    client.perform('channel.update', { channel_id: channel.id, ...change }),
  );
  return (
    <>
      <form onSubmit={submit}>
        <SettingsSection>
          <ChannelFields serverId={channel.server_id ?? ''} facts={facts} onChange={set} />
          <Check
            label={t('channel.archived')}
            hint={t('channel.archived.hint')}
            checked={facts.is_archived}
            onCheck={(isArchived) => set({ is_archived: isArchived })}
          />
        </SettingsSection>
        <ChangeBar {...bar} />
      </form>
      <SettingsSection title={t('channel.delete')} note={t('channel.delete.note')}>
        <Button kind="danger" onClick={() => open({ kind: 'delete-channel', channelId: channel.id })}>
          {t('channel.delete')}
        </Button>
      </SettingsSection>
    </>
  );
}
