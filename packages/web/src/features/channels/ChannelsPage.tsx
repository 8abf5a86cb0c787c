import { select } from '@snug/client';
import type { Channel, Id } from '@snug/protocol';
import { FolderPlus, Plus } from 'lucide-react';
import { Link } from 'wouter';
import { paths } from '../../app/paths.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { ListRow } from '../../ui/ListRow.tsx';
import { MoveButtons } from '../../ui/MoveButtons.tsx';
import { SettingsPage } from '../servers/SettingsPage.tsx';
import { useDialogs } from '../shell/dialogs.ts';
import { ChannelMarks, ChannelSign } from './ChannelSign.tsx';
import styles from './ChannelsPage.module.css';
import type { ChannelGroup } from './order.ts';
import { type Moves, useMoves } from './use-moves.ts';

/** All categories and channels of a server in their order, to be moved with arrows. */
export function ChannelsPage({ serverId }: { serverId: Id }) {
  const open = useDialogs();
  const moves = useMoves(serverId);
  const layout = useSelect((state) => select.serverLayout(state, serverId));
  return (
    <SettingsPage
      title={t('serverSettings.channels')}
      note={t('channel.list.note')}
      action={
        <div className={styles.actions}>
          <Button onClick={() => open({ kind: 'create-category', serverId })}>
            <FolderPlus size={17} aria-hidden="true" />
            {t('category.create')}
          </Button>
          <Button kind="primary" onClick={() => open({ kind: 'create-channel', serverId })}>
            <Plus size={17} aria-hidden="true" />
            {t('channel.create')}
          </Button>
        </div>
      }
    >
      {layout.every(({ category, channels }) => category === null && channels.length === 0) ? (
        <p className={styles.none}>{t('channel.new.none')}</p>
      ) : null}
      {layout.map((group) => (
        <GroupPart key={group.category?.id ?? ''} group={group} moves={moves} />
      ))}
    </SettingsPage>
  );
}

function GroupPart({ group, moves }: { group: ChannelGroup; moves: Moves }) {
  const { category, channels } = group;
  if (category === null && channels.length === 0) return null;
  const title = category?.name ?? t('category.none');
  return (
    <section className={styles.group} aria-label={title}>
      <div className={styles.heading}>
        <h2>
          {category === null ? (
            title
          ) : (
            <Link href={paths.serverSettings(category.server_id, 'categories', category.id)}>{title}</Link>
          )}
        </h2>
        {category === null ? null : (
          <MoveButtons
            name={title}
            canMove={(step) => moves.canMoveCategory(category.id, step)}
            onMove={(step) => moves.moveCategory(category.id, step)}
          />
        )}
      </div>
      {channels.length === 0 ? <p className={styles.none}>{t('category.empty')}</p> : null}
      <ul>
        {channels.map((channel) => (
          <ChannelRow key={channel.id} channel={channel} moves={moves} />
        ))}
      </ul>
    </section>
  );
}

function ChannelRow({ channel, moves }: { channel: Channel; moves: Moves }) {
  return (
    <ListRow
      lead={<ChannelSign channel={channel} size={18} />}
      title={
        <>
          <Link href={paths.serverSettings(channel.server_id ?? '', 'channels', channel.id)}>{channel.name}</Link>{' '}
          <ChannelMarks channel={channel} />
        </>
      }
    >
      <MoveButtons
        name={channel.name}
        canMove={(step) => moves.canMoveChannel(channel.id, step)}
        onMove={(step) => moves.moveChannel(channel.id, step)}
      />
    </ListRow>
  );
}
