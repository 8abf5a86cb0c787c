import { type State, select } from '@snug/client';
import { type Category, type Channel, can, type Id, Permission } from '@snug/protocol';
import { ChevronDown, ChevronRight, Plus } from 'lucide-react';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { RightClickMenu } from '../../ui/Menu.tsx';
import { useDialogs } from '../shell/dialogs.ts';
import { ChannelLink } from './ChannelLink.tsx';
import styles from './ChannelList.module.css';
import { useCategoryMenu } from './use-category-menu.tsx';
import { useFolded } from './use-folded.ts';

/** The channels of a server, by category. */
export function ChannelList({ serverId, openId }: { serverId: Id; openId: Id | null }) {
  const layout = useSelect((state) => select.serverLayout(state, serverId));
  const isEmpty = layout.every(({ category, channels }) => category === null && channels.length === 0);
  if (isEmpty) return <p className={styles.none}>{t('channels.none')}</p>;
  return layout.map(({ category, channels }) =>
    category === null ? (
      <ul key="" className={styles.loose}>
        {channels.map((channel) => (
          <ChannelLink key={channel.id} channel={channel} isOpen={channel.id === openId} />
        ))}
      </ul>
    ) : (
      <CategoryPart key={category.id} category={category} channels={channels} openId={openId} />
    ),
  );
}

interface CategoryPartProps {
  category: Category;
  channels: readonly Channel[];
  openId: Id | null;
}

/** A category with its channels. Folded it still shows what is open or unread. */
function CategoryPart({ category, channels, openId }: CategoryPartProps) {
  const open = useDialogs();
  const [isFolded, setFolded] = useFolded(category.id);
  const menu = useCategoryMenu(category);
  const mayManage = useSelect((state) => mayManageChannels(state, category.server_id));
  const unread = useSelect((state) => channels.filter(({ id }) => (state.reads.get(id)?.unread ?? 0) > 0).length);
  const reads = useSelect((state) => state.reads);
  const shown = isFolded
    ? channels.filter(({ id }) => id === openId || (unread > 0 && (reads.get(id)?.unread ?? 0) > 0))
    : channels;
  const Arrow = isFolded ? ChevronRight : ChevronDown;
  const listId = `category-${category.id}`;
  return (
    <section className={styles.category} aria-label={category.name}>
      <RightClickMenu groups={menu} label={t('category.menu', category.name)}>
        <h3 className={styles.heading}>
          <button
            type="button"
            className={styles.fold}
            aria-expanded={!isFolded}
            aria-controls={listId}
            onClick={() => setFolded(!isFolded)}
          >
            <Arrow size={14} aria-hidden="true" />
            <span>{category.name}</span>
          </button>
          {mayManage ? (
            <IconButton
              label={t('category.createIn', category.name)}
              isSmall
              onClick={() => open({ kind: 'create-channel', serverId: category.server_id, categoryId: category.id })}
            >
              <Plus size={16} aria-hidden="true" />
            </IconButton>
          ) : null}
        </h3>
      </RightClickMenu>
      <ul id={listId}>
        {shown.map((channel) => (
          <ChannelLink key={channel.id} channel={channel} isOpen={channel.id === openId} />
        ))}
      </ul>
    </section>
  );
}

function mayManageChannels(state: State, serverId: Id): boolean {
  return can(select.permissions(state, serverId), Permission.MANAGE_CHANNELS);
}
