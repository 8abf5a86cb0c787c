import { select } from '@snug/client';
import type { Channel } from '@snug/protocol';
import { Users } from 'lucide-react';
import { memo } from 'react';
import { Link } from 'wouter';
import { paths } from '../../app/paths.ts';
import { sameFields } from '../../app/same.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Hidden } from '../../ui/Hidden.tsx';
import { join } from '../../ui/join.ts';
import { RightClickMenu } from '../../ui/Menu.tsx';
import { usePlain } from '../messages/use-plain.ts';
import { usePanes } from '../shell/panes.ts';
import { Face } from '../users/Face.tsx';
import styles from './DmSidebar.module.css';
import { useConversationMenu } from './use-conversation-menu.tsx';
import type { Preview } from './use-previews.ts';

export interface DmLinkProps {
  channel: Channel;
  isOpen: boolean;
  preview: Preview | undefined;
}

/** One conversation: who it is with, whether they are about, what was said last, what is unread. */
export const DmLink = memo(function DmLink({ channel, isOpen, preview }: DmLinkProps) {
  const panes = usePanes();
  const title = useSelect((state) => select.channelTitle(state, channel.id));
  const otherId = useSelect((state) => select.dmPartner(state, channel));
  const unread = useSelect((state) => state.reads.get(channel.id)?.unread ?? 0);
  const badge = useSelect((state) => select.channelBadge(state, channel.id, Date.now()), sameFields);
  const isUnread = unread > 0 && !isOpen;
  return (
    <RightClickMenu groups={useConversationMenu(channel)} label={t('dms.menu', title)}>
      <li>
        <Link
          href={paths.dm(channel.id)}
          className={join(
            styles.link,
            isOpen && styles.open,
            isUnread && !badge.isMuted && styles.unread,
            badge.isMuted && styles.muted,
          )}
          aria-current={isOpen ? 'page' : undefined}
          onClick={() => panes.setDrawer('none')}
        >
          {channel.type === 'group_dm' ? (
            <span className={styles.group} aria-hidden="true">
              <Users size={18} />
            </span>
          ) : (
            <Face userId={otherId} name={title} size={32} />
          )}
          <span className={styles.who}>
            <span className={styles.name}>{title}</span>
            <LastWords preview={preview} isGroup={channel.type === 'group_dm'} otherId={otherId} />
          </span>
          {isUnread ? <Hidden>{t('unread', unread)}</Hidden> : null}
          {isUnread && badge.count > 0 ? (
            <span className={styles.badge} aria-hidden="true">
              {t('count', badge.count)}
            </span>
          ) : isUnread && badge.hasUnread ? (
            <span className={styles.dot} aria-hidden="true" />
          ) : null}
          {badge.isMuted ? <Hidden>{t('badge.muted')}</Hidden> : null}
        </Link>
      </li>
    </RightClickMenu>
  );
});

/** What was said last; before anything was, the other's status. */
function LastWords({
  preview,
  isGroup,
  otherId,
}: Pick<DmLinkProps, 'preview'> & { isGroup: boolean; otherId: string }) {
  const custom = useSelect((state) => (isGroup ? '' : (state.users.get(otherId)?.custom_status ?? '')));
  const isMine = useSelect((state) => state.me?.id === preview?.authorId);
  const isBlocked = useSelect((state) => preview !== undefined && select.isBlocked(state, preview.authorId));
  const name = useSelect((state) => (preview === undefined ? '' : select.userName(state, preview.authorId)));
  const said = usePlain(preview?.content ?? '', null);
  if (preview === undefined || isBlocked) return custom === '' ? null : <span className={styles.status}>{custom}</span>;
  const words = isMine ? t('dms.saidByYou', said) : isGroup ? t('dms.said', name, said) : said;
  return <span className={styles.status}>{words}</span>;
}
