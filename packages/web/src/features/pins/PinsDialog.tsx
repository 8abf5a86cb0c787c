import { select } from '@snug/client';
import type { CommandResult, Id, Message } from '@snug/protocol';
import { useCallback, useEffect } from 'react';
import { Paged } from '../../app/Paged.tsx';
import { sayAgo } from '../../app/say-time.ts';
import { useAttempt } from '../../app/use-attempt.ts';
import { type PageStart, usePages } from '../../app/use-pages.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { MessageQuote } from '../messages/MessageQuote.tsx';
import { useJump } from '../messages/use-jump.ts';
import styles from './PinsDialog.module.css';

type Pinned = CommandResult<'pin.list'>['items'][number];

/** What was pinned in a channel, the latest pin first. */
export function PinsDialog({ channelId, onClose }: { channelId: Id; onClose: () => void }) {
  const pages = usePins(channelId);
  return (
    <Dialog title={t('pins')} size="medium" onClose={onClose}>
      <Paged pages={pages} label={t('pins')} empty={t('pins.none')}>
        {(pin) => <PinItem key={pin.message.id} pin={pin} onClose={onClose} />}
      </Paged>
    </Dialog>
  );
}

/** Pins page by page; what is pinned, unpinned, edited or deleted meanwhile is seen. */
function usePins(channelId: Id) {
  const client = useClient();
  const load = useCallback(
    async ({ next }: PageStart<Pinned>) => {
      const page = await client.call('pin.list', { channel_id: channelId, ...(next !== null && { cursor: next }) });
      client.learnUsers(page.items.flatMap(({ message, pinned_by }) => [message.author_id, pinned_by]));
      return page;
    },
    [client, channelId],
  );
  const pages = usePages(load);
  const { patch, reload } = pages;
  useEffect(() => {
    const without = (gone: (id: Id) => boolean): void =>
      patch((items) => items.filter(({ message }) => !gone(message.id)));
    const change = (update: Partial<Message> & { id: Id }): void =>
      patch((items) =>
        items.map((pin) => (pin.message.id === update.id ? { ...pin, message: { ...pin.message, ...update } } : pin)),
      );
    const ends = [
      client.on('MESSAGE_PIN', (body) => body.channel_id === channelId && reload()),
      client.on('MESSAGE_UNPIN', (body) => without((id) => id === body.message_id)),
      client.on('MESSAGE_DELETE', (body) => without((id) => id === body.id)),
      client.on('MESSAGE_DELETE_BULK', (body) => without((id) => body.ids.includes(id))),
      client.on('MESSAGE_UPDATE', change),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [client, channelId, patch, reload]);
  return pages;
}

function PinItem({ pin, onClose }: { pin: Pinned; onClose: () => void }) {
  const { message, pinned_by: by, pinned_at: at } = pin;
  const { channel_id, id: message_id } = message;
  const client = useClient();
  const attempt = useAttempt();
  const jump = useJump();
  const serverId = useSelect((state) => state.channels.get(channel_id)?.server_id ?? null);
  const author = useSelect((state) => select.memberName(state, serverId, message.author_id));
  const pinner = useSelect((state) => select.memberName(state, serverId, by));
  const mayPin = useSelect((state) => select.canPin(state, channel_id));
  const show = (): void => {
    onClose();
    jump(channel_id, message_id);
  };
  return (
    <li className={styles.pin}>
      <MessageQuote message={message} serverId={serverId} name={author} />
      <div className={styles.foot}>
        <p className={styles.by}>{t('pins.by', pinner, sayAgo(new Date(at), new Date()))}</p>
        <Button onClick={show}>{t('pins.jump')}</Button>
        {mayPin ? (
          <Button kind="plain" onClick={() => attempt(() => client.perform('pin.remove', { channel_id, message_id }))}>
            {t('pin.remove')}
          </Button>
        ) : null}
      </div>
    </li>
  );
}
