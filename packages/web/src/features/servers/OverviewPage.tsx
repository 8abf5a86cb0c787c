import { select } from '@snug/client';
import { type Id, LIMITS, type Server } from '@snug/protocol';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { Check } from '../../ui/Check.tsx';
import { Choice, Field } from '../../ui/Field.tsx';
import { isOwner } from '../roles/standing.ts';
import { useDialogs } from '../shell/dialogs.ts';
import { ChangeBar } from './ChangeBar.tsx';
import { ServerFields } from './ServerFields.tsx';
import { SettingsPage, SettingsSection } from './SettingsPage.tsx';
import { useChanges } from './use-changes.ts';

/** What a server is called and what it is for; for its owner also handing it over, and its end. */
export function OverviewPage({ serverId }: { serverId: Id }) {
  const open = useDialogs();
  const server = useSelect((state) => state.servers.get(serverId));
  const isMine = useSelect((state) => isOwner(state, serverId));
  if (server === undefined) return null;
  return (
    <SettingsPage title={t('serverSettings.overview')}>
      <ServerForm server={server} />
      {isMine ? (
        <SettingsSection title={t('server.ending')} note={t('server.ending.note')}>
          <Button onClick={() => open({ kind: 'transfer-server', serverId })}>{t('server.transfer')}</Button>
          <Button kind="danger" onClick={() => open({ kind: 'delete-server', serverId })}>
            {t('server.delete')}
          </Button>
        </SettingsSection>
      ) : null}
    </SettingsPage>
  );
}

type ServerFacts = Pick<Server, 'name' | 'description' | 'icon_url' | 'is_public' | 'system_channel_id'>;

function ServerForm({ server }: { server: Server }) {
  const client = useClient();
  const { name, description, icon_url, is_public, system_channel_id } = server;
  const known: ServerFacts = { name, description, icon_url, is_public, system_channel_id };
  const { facts, set, submit, bar } = useChanges(known, (change) =>
    client.perform('server.update', { server_id: server.id, ...change }),
  );
  return (
    <form onSubmit={submit}>
      <SettingsSection>
        <ServerFields words={facts} onChange={set} />
        <Field
          label={t('server.icon')}
          hint={t('server.icon.hint')}
          type="url"
          maxLength={LIMITS.URL_MAX}
          value={facts.icon_url}
          onChange={(event) => set({ icon_url: event.target.value })}
        />
        <SystemChannel
          serverId={server.id}
          channelId={facts.system_channel_id}
          onChoose={(system_channel_id) => set({ system_channel_id })}
        />
        <Check
          label={t('server.public')}
          hint={t('server.public.hint')}
          checked={facts.is_public}
          onCheck={(isPublic) => set({ is_public: isPublic })}
        />
      </SettingsSection>
      <ChangeBar {...bar} />
    </form>
  );
}

interface SystemChannelProps {
  serverId: Id;
  channelId: Id | null;
  onChoose: (channelId: Id | null) => void;
}

function SystemChannel({ serverId, channelId, onChoose }: SystemChannelProps) {
  const channels = useSelect((state) => select.serverChannels(state, serverId));
  const options = channels
    .filter((channel) => channel.type === 'text')
    .map((channel) => ({ value: channel.id, label: t('channel.name', channel.name) }));
  return (
    <Choice
      label={t('server.system')}
      value={channelId ?? ''}
      options={[{ value: '', label: t('server.system.none') }, ...options]}
      onChoose={(value) => onChoose(value === '' ? null : value)}
    />
  );
}
