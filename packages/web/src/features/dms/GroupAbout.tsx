import { select } from '@snug/client';
import { type Channel, can, Permission } from '@snug/protocol';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { sayError } from '../../app/say-error.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { useSubmit } from '../../app/use-submit.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { SaveBar } from '../settings/SaveBar.tsx';
import styles from '../settings/Settings.module.css';
import { useDialogs } from '../shell/dialogs.ts';
import { GroupFields } from './GroupFields.tsx';

/** Name, topic and who finds a group; the ways out of it. */
export function GroupAbout({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const open = useDialogs();
  const mayChange = useSelect((state) => can(select.channelPermissions(state, channel.id), Permission.MANAGE_CHANNELS));
  const isOwner = useSelect((state) => state.me?.id === channel.owner_id);
  return (
    <>
      {mayChange ? <GroupForm channel={channel} /> : <p>{channel.topic === '' ? channel.name : channel.topic}</p>}
      <div className={styles.actions}>
        <Button onClick={() => open({ kind: 'leave-group', channelId: channel.id })}>{t('group.leave')}</Button>
        {isOwner ? <DeleteGroup channel={channel} onClose={onClose} /> : null}
      </div>
    </>
  );
}

function GroupForm({ channel }: { channel: Channel }) {
  const client = useClient();
  const submit = useSubmit();
  const [isSaved, setIsSaved] = useState(false);
  const { name, topic, visibility = 'hidden' } = channel;
  const [form, setForm] = useState({ name, topic, visibility });
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setIsSaved(
      await submit.run(async () => {
        // A name is changed or left alone: a group that had one keeps one.
        const { name: _empty, ...unnamed } = form;
        await client.perform('channel.update', {
          channel_id: channel.id,
          ...(form.name.trim() === '' ? unnamed : form),
        });
      }),
    );
  };
  return (
    <form className={styles.form} onSubmit={(event) => void save(event)}>
      {submit.error === undefined ? null : <Notice kind="problem">{sayError(submit.error)}</Notice>}
      <GroupFields
        form={form}
        onChange={(next) => {
          setIsSaved(false);
          setForm(next);
        }}
      />
      <SaveBar action={t('save')} isBusy={submit.isBusy} said={isSaved ? t('saved') : ''} />
    </form>
  );
}

/** Asked for twice: the second press does it. */
function DeleteGroup({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const client = useClient();
  const submit = useSubmit();
  const [here, navigate] = useLocation();
  const [isAsked, setIsAsked] = useState(false);
  const remove = async (): Promise<void> => {
    await client.perform('channel.delete', { channel_id: channel.id });
    onClose();
    if (here.startsWith(paths.dm(channel.id))) navigate(paths.app);
  };
  return (
    <>
      <Button
        kind="danger"
        isBusy={submit.isBusy}
        onClick={() => (isAsked ? void submit.run(remove) : setIsAsked(true))}
      >
        {t('group.delete')}
      </Button>
      {isAsked ? <Notice kind="problem">{t('group.delete.note')}</Notice> : null}
      {submit.error === undefined ? null : <Notice kind="problem">{sayError(submit.error)}</Notice>}
    </>
  );
}
