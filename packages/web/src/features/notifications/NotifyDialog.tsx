import type { State } from '@snug/client';
import type { Id, NotificationLevel } from '@snug/protocol';
import { useState } from 'react';
import { sameFields } from '../../app/same.ts';
import { sayError } from '../../app/say-error.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Choice } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { muteEnd, muteOptions } from './mute-lengths.ts';
import { sayMute } from './say-mute.ts';

const LEVELS = ['all', 'mentions', 'none'] as const satisfies readonly NotificationLevel[];
/** What follows from above it. */
const INHERIT = 'inherit';
const KEEP = 'keep';
const OFF = 'off';

export interface NotifyDialogProps {
  /** A server, or a channel, conversation or thread. */
  targetId: Id;
  name: string;
  onClose: () => void;
}

/** What one wants to hear of a place, and whether it is quiet for a while. */
export function NotifyDialog({ targetId, name, onClose }: NotifyDialogProps) {
  const client = useClient();
  const setting = useSelect((state) => state.notifications.get(targetId));
  const above = useSelect((state) => levelAbove(state, targetId), sameFields);
  const [level, setLevel] = useState<string>(setting?.level ?? INHERIT);
  const mutedUntil = setting?.muted_until ?? null;
  const isMuted = mutedUntil !== null && Date.parse(mutedUntil) > Date.now();
  const [mute, setMute] = useState(isMuted ? KEEP : OFF);
  const save = async (): Promise<void> => {
    await client.perform('notification.set', {
      target_id: targetId,
      level: LEVELS.find((one) => one === level) ?? null,
      ...(mute !== KEEP && { muted_until: mute === OFF ? null : muteEnd(mute, Date.now()) }),
    });
    onClose();
  };
  const inherited = t(`notify.level.${above.level}`);
  return (
    <FormDialog title={t('notify.title', name)} action={t('save')} explain={sayError} onSubmit={save} onClose={onClose}>
      <Choice
        label={t('notify.level')}
        value={level}
        options={[
          {
            value: INHERIT,
            label: above.isUsual ? t('notify.level.usual', inherited) : t('notify.level.inherit', inherited),
          },
          ...LEVELS.map((value) => ({ value, label: t(`notify.level.${value}`) })),
        ]}
        onChoose={setLevel}
      />
      <Choice
        label={t('notify.mute')}
        hint={t('notify.mute.hint')}
        value={mute}
        options={[
          ...(isMuted ? [{ value: KEEP, label: sayMute(mutedUntil) }] : []),
          { value: OFF, label: t('notify.mute.off') },
          ...muteOptions,
        ]}
        onChoose={setMute}
      />
    </FormDialog>
  );
}

/** What holds for a place that has no level of its own. */
function levelAbove(state: State, targetId: Id): { level: NotificationLevel; isUsual: boolean } {
  const channel = state.channels.get(targetId);
  for (const id of [channel?.parent_id, channel?.server_id]) {
    const level = id === undefined ? null : (state.notifications.get(id)?.level ?? null);
    if (level !== null) return { level, isUsual: false };
  }
  const isConversation = channel !== undefined && channel.server_id === undefined;
  return { level: isConversation ? 'all' : 'mentions', isUsual: true };
}
