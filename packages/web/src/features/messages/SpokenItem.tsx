import { select } from '@snug/client';
import type { Id, Message } from '@snug/protocol';
import { Pin } from 'lucide-react';
import { useMemo, useState } from 'react';
import { sayClock, sayExact, sayWhen } from '../../app/say-time.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Hidden } from '../../ui/Hidden.tsx';
import { join } from '../../ui/join.ts';
import { RightClickMenu } from '../../ui/Menu.tsx';
import { ReactionRow } from '../reactions/ReactionRow.tsx';
import { useReact } from '../reactions/use-react.ts';
import { Colored } from '../roles/Colored.tsx';
import { SelectMessage } from '../selection/SelectMessage.tsx';
import { useSelection } from '../selection/selection.ts';
import { ThreadLink } from '../threads/ThreadLink.tsx';
import { UserCard } from '../users/UserCard.tsx';
import { DeleteMessage } from './DeleteMessage.tsx';
import { EditBox } from './EditBox.tsx';
import { MessageTools } from './MessageTools.tsx';
import { MentionScope } from './mention-scope.ts';
import { ReplyPreview } from './ReplyPreview.tsx';
import { RichText } from './RichText.tsx';
import type { RowActions } from './Row.tsx';
import styles from './SpokenItem.module.css';
import { useMessageMenu } from './use-message-menu.tsx';

export interface SpokenItemProps extends RowActions {
  message: Message;
  serverId: Id | null;
  at: Date;
  isGrouped: boolean;
  isLit: boolean;
  isEditing: boolean;
}

/** Something somebody said: author and text first, what can be done with it when it is pointed at. */
export function SpokenItem(props: SpokenItemProps) {
  const { message, serverId, at, isGrouped, isLit, isEditing } = props;
  const name = useSelect((state) => select.memberName(state, serverId, message.author_id));
  const [isHot, setIsHot] = useState(false);
  const [isPicking, setIsPicking] = useState(false);
  const [isDeleting, setIsDeleting] = useState(false);
  const menu = useMessageMenu(props, { onDelete: () => setIsDeleting(true), onPick: () => setIsPicking(true) });
  const react = useReact(message);
  const { ids: selected } = useSelection();
  const mentionsMe = useSelect((state) => select.mentionsMe(state, message));
  const look = join(
    styles.message,
    isGrouped ? styles.grouped : styles.head,
    mentionsMe && styles.mention,
    isLit && styles.lit,
    selected !== null && styles.selecting,
    selected?.has(message.id) === true && styles.selected,
  );
  return (
    <>
      <RightClickMenu groups={() => menu.read().groups} label={t('message.menu', name)}>
        <article
          className={look}
          data-row={message.id}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a message is a stop for the keyboard, from which it is acted on
          tabIndex={0}
          onMouseEnter={() => setIsHot(true)}
          onMouseLeave={() => setIsHot(false)}
          onFocus={() => setIsHot(true)}
          onBlur={(event) => setIsHot(event.currentTarget.contains(event.relatedTarget))}
          onKeyDown={(event) => {
            if (event.target === event.currentTarget) menu.onKey(event);
          }}
        >
          {selected === null ? null : <SelectMessage message={message} name={name} at={at} />}
          <Said {...props} name={name} onEmpty={() => setIsDeleting(true)} />
          <ReactionRow message={message} serverId={serverId} />
          <ThreadLink message={message} serverId={serverId} />
          {(isHot || isPicking) && !isEditing && selected === null ? (
            <MessageTools menu={menu} isPicking={isPicking} onPicking={setIsPicking} onReact={react} />
          ) : null}
        </article>
      </RightClickMenu>
      {isDeleting ? <DeleteMessage message={message} serverId={serverId} onClose={() => setIsDeleting(false)} /> : null}
    </>
  );
}

/** Who said what, when, in answer to what; or the box in which it is changed. */
function Said(props: SpokenItemProps & { name: string; onEmpty: () => void }) {
  const { message, serverId, name, at, isGrouped, isEditing, onEdit, onJump, onEmpty } = props;
  return (
    <>
      {message.reply_to_id === undefined ? null : (
        <ReplyPreview message={message} serverId={serverId} onJump={onJump} />
      )}
      {isGrouped ? (
        <Hidden>{t('message.by', name, sayClock(at))}</Hidden>
      ) : (
        <Head message={message} serverId={serverId} name={name} at={at} />
      )}
      {isEditing ? (
        <EditBox message={message} onDone={() => onEdit(null)} onEmpty={onEmpty} />
      ) : (
        <Body message={message} serverId={serverId} />
      )}
      {isGrouped ? (
        <time className={styles.aside} dateTime={message.created_at} title={sayExact(at)} aria-hidden="true">
          {sayClock(at)}
        </time>
      ) : null}
    </>
  );
}

function Head(props: { message: Message; serverId: Id | null; name: string; at: Date }) {
  const { message, serverId, name, at } = props;
  const isBot = useSelect((state) => state.users.get(message.author_id)?.is_bot === true);
  const color = useSelect((state) =>
    serverId === null ? 0 : (select.memberColor(state, serverId, message.author_id) ?? 0),
  );
  return (
    <header className={styles.header}>
      <UserCard userId={message.author_id} serverId={serverId}>
        <button type="button" className={styles.author}>
          <span className={styles.face}>
            <Avatar id={message.author_id} name={name} />
          </span>
          <Colored color={color}>{name}</Colored>
        </button>
      </UserCard>
      {isBot ? <span className={styles.tag}>{t('member.bot')}</span> : null}
      <time className={styles.time} dateTime={message.created_at} title={sayExact(at)}>
        {sayWhen(at, new Date())}
      </time>
    </header>
  );
}

function Body({ message, serverId }: { message: Message; serverId: Id | null }) {
  const { mentions: users, mention_roles: roles } = message;
  const scope = useMemo(() => ({ serverId, users, roles }), [serverId, users, roles]);
  const mark = (
    <>
      {message.is_edited ? <EditedMark at={message.edited_at} /> : null}
      {message.is_pinned ? <PinnedMark /> : null}
    </>
  );
  return (
    <div className={styles.body}>
      <MentionScope value={scope}>
        <RichText content={message.content} after={mark} />
      </MentionScope>
    </div>
  );
}

function EditedMark({ at }: { at: string | null }) {
  return (
    <span className={styles.edited} title={at === null ? undefined : sayExact(new Date(at))}>
      {' '}
      {t('message.edited')}
    </span>
  );
}

function PinnedMark() {
  return (
    <span className={styles.pinned} title={t('pin.mark')}>
      {' '}
      <Pin size={13} aria-hidden="true" />
      <Hidden>{t('pin.mark')}</Hidden>
    </span>
  );
}
