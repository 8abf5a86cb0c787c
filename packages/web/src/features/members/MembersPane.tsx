import { type State, select } from '@snug/client';
import type { Channel } from '@snug/protocol';
import { X } from 'lucide-react';
import { type UIEvent, useEffect } from 'react';
import { sameList } from '../../app/same.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Bones } from '../../ui/Bones.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { join } from '../../ui/join.ts';
import { usePanes } from '../shell/panes.ts';
import { MemberRow } from './MemberRow.tsx';
import styles from './MembersPane.module.css';

const PAGE = 100;
const NEAR_END_PX = 600;

/** Who is here: beside the messages where there is room, over them where there is not. */
export function MembersPane({ channel }: { channel: Channel }) {
  const panes = usePanes();
  const isShown = panes.isMedium ? panes.drawer === 'members' : panes.showsMembers;
  if (!isShown) return null;
  return (
    <aside className={join(styles.pane, panes.isMedium && styles.drawer)} aria-label={t('members.title')} id="members">
      {panes.isMedium ? (
        <header className={styles.header}>
          <h2>{t('members.title')}</h2>
          <IconButton label={t('close')} isSmall onClick={() => panes.setDrawer('none')}>
            <X size={18} aria-hidden="true" />
          </IconButton>
        </header>
      ) : null}
      {channel.server_id === undefined ? (
        <Recipients ids={channel.recipient_ids ?? []} />
      ) : (
        <ServerMembers key={channel.server_id} serverId={channel.server_id} />
      )}
    </aside>
  );
}

function ServerMembers({ serverId }: { serverId: string }) {
  const client = useClient();
  const list = useSelect((state) => state.memberLists.get(serverId));
  const here = useSelect((state) => present(state, serverId), sameList);
  useEffect(() => client.connection.requestMembers(serverId, { offset: 0, limit: PAGE }), [client, serverId]);
  if (list === undefined) return <Bones kind="people" count={6} label={t('loading')} />;
  const more = (event: UIEvent<HTMLElement>): void => {
    const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
    if (scrollHeight - scrollTop - clientHeight > NEAR_END_PX || list.ids.length >= list.total) return;
    client.connection.requestMembers(serverId, { offset: list.ids.length, limit: PAGE });
  };
  const isHere = new Set(here);
  const away = list.ids.filter((id) => !isHere.has(id));
  // What is not loaded yet is known by number only.
  const hereCount = list.ids.length < list.total ? Math.max(list.online, here.length) : here.length;
  return (
    <div className={styles.scroll} onScroll={more}>
      <Group title={t('members.online', hereCount)} ids={here} serverId={serverId} />
      <Group title={t('members.offline', Math.max(0, list.total - hereCount))} ids={away} serverId={serverId} />
    </div>
  );
}

/** Those of the list who are about, in its order. Presence changes faster than lists are asked for. */
function present(state: State, serverId: string): readonly string[] {
  const ids = state.memberLists.get(serverId)?.ids ?? [];
  return ids.filter((id) => select.isHere(state, id));
}

function Group(props: { title: string; ids: readonly string[]; serverId: string | null }) {
  if (props.ids.length === 0) return null;
  return (
    <section className={styles.group} aria-label={props.title}>
      <h3 className={styles.title}>{props.title}</h3>
      <ul>
        {props.ids.map((id) => (
          <MemberRow key={id} userId={id} serverId={props.serverId} />
        ))}
      </ul>
    </section>
  );
}

function Recipients({ ids }: { ids: readonly string[] }) {
  return (
    <div className={styles.scroll}>
      <Group title={t('members.here', ids.length)} ids={ids} serverId={null} />
    </div>
  );
}
