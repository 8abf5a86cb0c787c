import { select } from '@snug/client';
import type { Channel } from '@snug/protocol';
import { CornerLeftUp, Search, Users } from 'lucide-react';
import { Link } from 'wouter';
import { paths } from '../../app/paths.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { useDialogs } from '../shell/dialogs.ts';
import { MenuButton } from '../shell/MenuButton.tsx';
import { usePanes } from '../shell/panes.ts';
import { Face } from '../users/Face.tsx';
import styles from './ChannelHeader.module.css';
import { ChannelMarks, ChannelSign } from './ChannelSign.tsx';
import { ConversationTools } from './ConversationTools.tsx';
import { HereNow } from './HereNow.tsx';

export function ChannelHeader({ channel }: { channel: Channel }) {
  const panes = usePanes();
  const open = useDialogs();
  const title = useSelect((state) => select.channelTitle(state, channel.id));
  const otherId = useSelect((state) => select.dmPartner(state, channel));
  const isDm = channel.server_id === undefined;
  const showsMembers = panes.isMedium ? panes.drawer === 'members' : panes.showsMembers;
  return (
    <header className={styles.header}>
      <MenuButton />
      {channel.type === 'dm' ? <Face userId={otherId} name={title} size={28} /> : null}
      {channel.type === 'group_dm' ? <Users size={20} aria-hidden="true" className={styles.sign} /> : null}
      {isDm ? null : <ChannelSign channel={channel} size={20} />}
      <h1 className={styles.title}>{title}</h1>
      {channel.parent_id === undefined ? null : <ParentLink parentId={channel.parent_id} />}
      {isDm ? null : <ChannelMarks channel={channel} />}
      {channel.topic === '' ? null : (
        <p className={styles.topic} title={channel.topic}>
          {channel.topic}
        </p>
      )}
      <div className={styles.tools}>
        <HereNow channelId={channel.id} />
        <ConversationTools channel={channel} />
        <IconButton label={t('switcher.open')} side="bottom" onClick={() => open({ kind: 'switcher' })}>
          <Search size={19} aria-hidden="true" />
        </IconButton>
        <IconButton
          label={showsMembers ? t('members.hide') : t('members.show')}
          side="bottom"
          aria-expanded={showsMembers}
          aria-controls={showsMembers ? 'members' : undefined}
          onClick={panes.toggleMembers}
        >
          <Users size={19} aria-hidden="true" />
        </IconButton>
      </div>
    </header>
  );
}

/** From a thread, the way back to the channel that it hangs under. */
function ParentLink({ parentId }: { parentId: string }) {
  const parent = useSelect((state) => state.channels.get(parentId));
  if (parent === undefined) return null;
  return (
    <Link className={styles.parent} href={paths.of(parent)}>
      <CornerLeftUp size={17} aria-hidden="true" className={styles.back} />
      <span className={styles.words}>{t('thread.in', parent.name)}</span>
    </Link>
  );
}
