import { select } from '@snug/client';
import type { Message } from '@snug/protocol';
import { CheckCheck } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { Paged } from '../../app/Paged.tsx';
import { useAttempt } from '../../app/use-attempt.ts';
import { type PageStart, usePages } from '../../app/use-pages.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Field.tsx';
import { MessageQuote } from '../messages/MessageQuote.tsx';
import { useJump } from '../messages/use-jump.ts';
import { PageFrame } from '../shell/PageFrame.tsx';
import { useMemberName } from '../users/use-member-name.ts';
import styles from './InboxPage.module.css';

/** Messages that call for one: those not read yet, or all there were. */
export function InboxPage() {
  const client = useClient();
  const attempt = useAttempt();
  const [isAll, setIsAll] = useState(false);
  const pages = useMentions(isAll);
  const markAll = (): void =>
    attempt(async () => {
      await client.markAllRead();
      pages.reload();
    }, t('inbox.marked'));
  return (
    <PageFrame
      title={t('inbox')}
      tools={
        <Button onClick={markAll}>
          <CheckCheck size={17} aria-hidden="true" />
          {t('inbox.markAll')}
        </Button>
      }
    >
      <Choice
        label={t('inbox.which')}
        value={isAll ? 'all' : 'unread'}
        options={[
          { value: 'unread', label: t('inbox.unread') },
          { value: 'all', label: t('inbox.all') },
        ]}
        onChoose={(which) => setIsAll(which === 'all')}
      />
      <Paged pages={pages} label={t('inbox')} empty={isAll ? t('inbox.all.none') : t('inbox.none')}>
        {(message) => <MentionItem key={message.id} message={message} />}
      </Paged>
    </PageFrame>
  );
}

/** Mentions page by page. What is said, read, edited or deleted meanwhile is seen. */
function useMentions(isAll: boolean) {
  const client = useClient();
  const load = useCallback(
    async ({ next }: PageStart<Message>) => {
      const page = await client.call('mention.list', { all: isAll, ...(next !== null && { cursor: next }) });
      client.learnUsers(page.items.map(({ author_id }) => author_id));
      return page;
    },
    [client, isAll],
  );
  const pages = usePages(load);
  const { patch, reload } = pages;
  useEffect(() => {
    const without = (ids: readonly string[]): void => patch((items) => items.filter(({ id }) => !ids.includes(id)));
    const ends = [
      client.on('MESSAGE_CREATE', (message) => {
        if (select.mentionsMe(client.store.getState(), message)) patch((items) => [message, ...items]);
      }),
      client.on('MESSAGE_UPDATE', (update) =>
        patch((items) => items.map((one) => (one.id === update.id ? { ...one, ...update } : one))),
      ),
      client.on('MESSAGE_DELETE', ({ id }) => without([id])),
      client.on('MESSAGE_DELETE_BULK', ({ ids }) => without(ids)),
      client.on('READ_STATE_UPDATE', () => {
        if (!isAll) reload();
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [client, isAll, patch, reload]);
  return pages;
}

function MentionItem({ message }: { message: Message }) {
  const { channel_id: channelId } = message;
  const jump = useJump();
  const serverId = useSelect((state) => state.channels.get(channelId)?.server_id ?? null);
  const title = useSelect((state) => select.channelTitle(state, channelId));
  const server = useSelect((state) => (serverId === null ? '' : (state.servers.get(serverId)?.name ?? '')));
  const isBlocked = useSelect((state) => select.isBlocked(state, message.author_id));
  const name = useMemberName(serverId, message.author_id);
  if (isBlocked) return <li className={styles.item}>{t('message.blocked')}</li>;
  return (
    <li className={styles.item}>
      <p className={styles.where}>{serverId === null ? title : t('inbox.in', title, server)}</p>
      <MessageQuote message={message} serverId={serverId} name={name} />
      <div className={styles.foot}>
        <Button onClick={() => jump(channelId, message.id)}>{t('inbox.jump')}</Button>
      </div>
    </li>
  );
}
