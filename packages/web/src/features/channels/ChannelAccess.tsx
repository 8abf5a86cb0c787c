import { select } from '@snug/client';
import { type Channel, can, Permission } from '@snug/protocol';
import { sayError } from '../../app/say-error.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { useSubmit } from '../../app/use-submit.ts';
import { t } from '../../strings/t.ts';
import { Check } from '../../ui/Check.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { OverrideList } from '../roles/OverrideList.tsx';
import { SettingsSection } from '../servers/SettingsPage.tsx';
import { ChannelViewers } from './ChannelViewers.tsx';

/** Who sees a channel, and who may do what in it. */
export function ChannelAccess({ channel }: { channel: Channel }) {
  const client = useClient();
  const submit = useSubmit();
  const bits = useSelect((state) => select.channelPermissions(state, channel.id));
  const mayAllow = can(bits, Permission.MANAGE_ROLES);
  const setPrivate = (isPrivate: boolean): void => {
    void submit.run(async () => {
      await client.perform('channel.update', { channel_id: channel.id, is_private: isPrivate });
    });
  };
  return (
    <>
      <SettingsSection title={t('view.title')}>
        {submit.error === undefined ? null : <Notice kind="problem">{sayError(submit.error)}</Notice>}
        <Check
          label={t('channel.private')}
          hint={t('channel.private.hint')}
          disabled={!can(bits, Permission.MANAGE_CHANNELS) || submit.isBusy}
          checked={channel.is_private}
          onCheck={setPrivate}
        />
        {channel.is_private ? <ChannelViewers channel={channel} mayAllow={mayAllow} /> : <p>{t('view.everyone')}</p>}
      </SettingsSection>
      {mayAllow ? (
        <SettingsSection title={t('override.title')} note={t('override.note')}>
          <OverrideList
            serverId={channel.server_id ?? ''}
            overrides={channel.permission_overrides ?? []}
            own={bits}
            onSet={async (override) => {
              await client.perform('override.set', { channel_id: channel.id, ...override });
            }}
            onRemove={async (targetId) => {
              await client.perform('override.delete', { channel_id: channel.id, target_id: targetId });
            }}
          />
        </SettingsSection>
      ) : null}
    </>
  );
}
