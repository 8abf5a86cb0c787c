import { select } from '@snug/client';
import { type CommandResult, can, type Id, type Message, Permission } from '@snug/protocol';
import { useCallback, useState } from 'react';
import { Paged } from '../../app/Paged.tsx';
import { sayAgo, sayExact } from '../../app/say-time.ts';
import { useAttempt } from '../../app/use-attempt.ts';
import { type PageStart, usePages } from '../../app/use-pages.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ListRow } from '../../ui/ListRow.tsx';
import { ReactionChoice } from './ReactionChoice.tsx';
import styles from './WhoReacted.module.css';

type Reacted = CommandResult<'reaction.list'>['items'][number];

/** Who answered a message with which emoji; those who keep order may take the reactions away. */
export function WhoReacted({ message, onClose }: { message: Message; onClose: () => void }) {
  const { channel_id, id: message_id } = message;
  const live = useSelect((state) => state.messages.get(channel_id)?.get(message_id) ?? message);
  const mayClear = useSelect((state) => can(select.channelPermissions(state, channel_id), Permission.MANAGE_MESSAGES));
  const [chosen, setChosen] = useState<string | null>(null);
  const emoji = live.reactions.find((one) => one.emoji === chosen)?.emoji ?? live.reactions[0]?.emoji;
  return (
    <Dialog title={t('reaction.who')} onClose={onClose}>
      {emoji === undefined ? (
        <p>{t('reaction.who.none')}</p>
      ) : (
        <>
          <ReactionChoice reactions={live.reactions} chosen={emoji} onChoose={setChosen} />
          <People key={emoji} channelId={channel_id} messageId={message_id} emoji={emoji} />
          {mayClear ? <Clear message={message} emoji={emoji} /> : null}
        </>
      )}
    </Dialog>
  );
}

function Clear({ message, emoji }: { message: Message; emoji: string }) {
  const client = useClient();
  const attempt = useAttempt();
  const at = { channel_id: message.channel_id, message_id: message.id };
  return (
    <div className={styles.actions}>
      <Button onClick={() => attempt(() => client.perform('reaction.clear', { ...at, emoji }))}>
        {t('reaction.clear')}
      </Button>
      <Button kind="danger" onClick={() => attempt(() => client.perform('reaction.clear', at))}>
        {t('reaction.clear.all')}
      </Button>
    </div>
  );
}

function People(props: { channelId: Id; messageId: Id; emoji: string }) {
  const { channelId, messageId, emoji } = props;
  const client = useClient();
  const load = useCallback(
    ({ last }: PageStart<Reacted>) =>
      client.call('reaction.list', {
        ...{ channel_id: channelId, message_id: messageId, emoji },
        ...(last !== null && { after: last.user.id }),
      }),
    [client, channelId, messageId, emoji],
  );
  const now = new Date();
  return (
    <Paged pages={usePages(load)} label={t('reaction.who')} empty={t('reaction.who.none')} bones="people">
      {({ user, is_super: isSuper, created_at: at }) => (
        <ListRow
          key={user.id}
          lead={<Avatar id={user.id} name={user.display_name} size={32} />}
          title={user.display_name}
          note={
            <span title={sayExact(new Date(at))}>
              {sayAgo(new Date(at), now)}
              {isSuper ? ` · ${t('reaction.super')}` : null}
            </span>
          }
        />
      )}
    </Paged>
  );
}
