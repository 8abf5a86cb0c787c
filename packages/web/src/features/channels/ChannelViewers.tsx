import type { Channel, Id, PermissionOverride } from '@snug/protocol';
import { X } from 'lucide-react';
import { useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { useSubmit } from '../../app/use-submit.ts';
import { t } from '../../strings/t.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { ListRow } from '../../ui/ListRow.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { isEmpty, saidOf, withSaid } from '../roles/override-bits.ts';
import { RoleDot } from '../roles/RoleName.tsx';
import { TargetDialog } from '../roles/TargetDialog.tsx';
import { type Target, useTargetNames } from '../roles/target-name.ts';
import styles from './ChannelViewers.module.css';
import { findCategory } from './find-category.ts';

const NONE: readonly PermissionOverride[] = [];

/** The roles and people that a private channel is shown to. */
export function ChannelViewers({ channel, mayAllow }: { channel: Channel; mayAllow: boolean }) {
  const client = useClient();
  const submit = useSubmit();
  const [isAdding, setIsAdding] = useState(false);
  const serverId = channel.server_id ?? '';
  const own = channel.permission_overrides ?? NONE;
  const inherited = useSelect(
    (state) => findCategory(state, serverId, channel.category_id ?? '')?.permission_overrides ?? NONE,
  );
  const shown = viewersOf(own, inherited, serverId);
  const nameOf = useTargetNames(serverId, shown);
  const say = async (target: Target, said: 'allow' | 'inherit'): Promise<void> => {
    const before = own.find((one) => one.target_id === target.target_id) ?? { ...target, allow: '0', deny: '0' };
    const part = withSaid(before, 'VIEW_CHANNEL', said);
    const { target_id, target_type } = target;
    if (isEmpty(part)) await client.perform('override.delete', { channel_id: channel.id, target_id });
    else await client.perform('override.set', { channel_id: channel.id, target_id, target_type, ...part });
  };
  return (
    <div className={styles.viewers}>
      <p>{t('view.chosen')}</p>
      {submit.error === undefined ? null : <Notice kind="problem">{sayError(submit.error)}</Notice>}
      <ul aria-label={t('view.title')}>
        {shown.map((viewer) => (
          <ViewerRow
            key={viewer.target_id}
            viewer={viewer}
            serverId={serverId}
            name={nameOf(viewer)}
            onRemove={mayAllow && !viewer.isInherited ? () => void submit.run(() => say(viewer, 'inherit')) : null}
          />
        ))}
        {shown.length === 0 ? <ListRow title={t('view.nobody')} /> : null}
      </ul>
      {mayAllow ? <Button onClick={() => setIsAdding(true)}>{t('target.add')}</Button> : null}
      {isAdding ? (
        <TargetDialog
          title={t('view.add')}
          serverId={serverId}
          taken={[serverId, ...shown.map((viewer) => viewer.target_id)]}
          onAdd={(target) => say(target, 'allow')}
          onClose={() => setIsAdding(false)}
        />
      ) : null}
    </div>
  );
}

interface ViewerRowProps {
  viewer: Viewer;
  serverId: Id;
  name: string;
  /** Null where it cannot be taken away here. */
  onRemove: (() => void) | null;
}

function ViewerRow({ viewer, serverId, name, onRemove }: ViewerRowProps) {
  const color = useSelect(
    (state) => state.roles.get(serverId)?.find((role) => role.id === viewer.target_id)?.color ?? 0,
  );
  const isRole = viewer.target_type === 'role';
  return (
    <ListRow
      lead={isRole ? <RoleDot color={color} /> : <Avatar id={viewer.target_id} name={name} size={28} />}
      title={name}
      note={viewer.isInherited ? t('view.inherited') : undefined}
    >
      {onRemove === null ? null : (
        <IconButton label={t('view.remove', name)} isSmall isDanger onClick={onRemove}>
          <X size={16} aria-hidden="true" />
        </IconButton>
      )}
    </ListRow>
  );
}

type Viewer = Target & { readonly isInherited: boolean };

/** Where the channel says something of somebody it decides; else its category does. @everyone opens no private channel. */
function viewersOf(
  own: readonly PermissionOverride[],
  inherited: readonly PermissionOverride[],
  everyone: string,
): readonly Viewer[] {
  const said = (list: readonly PermissionOverride[], id: string) => {
    const found = list.find((one) => one.target_id === id);
    return found === undefined ? 'inherit' : saidOf(found, 'VIEW_CHANNEL');
  };
  const mine = own
    .filter((one) => saidOf(one, 'VIEW_CHANNEL') === 'allow')
    .map((one) => ({ ...one, isInherited: false }));
  const others = inherited
    .filter((one) => saidOf(one, 'VIEW_CHANNEL') === 'allow' && said(own, one.target_id) === 'inherit')
    .map((one) => ({ ...one, isInherited: true }));
  return [...mine, ...others].filter((one) => one.target_id !== everyone);
}
