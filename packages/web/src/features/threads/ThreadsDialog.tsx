import { select } from '@snug/client';
import type { Channel } from '@snug/protocol';
import { MessagesSquare } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { Link } from 'wouter';
import { Paged } from '../../app/Paged.tsx';
import { paths } from '../../app/paths.ts';
import { sayAgo } from '../../app/say-time.ts';
import { type PageStart, usePages } from '../../app/use-pages.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Choice } from '../../ui/Field.tsx';
import { ListRow } from '../../ui/ListRow.tsx';
import { useDialogs } from '../shell/dialogs.ts';

/** The threads of a channel: those that live, or those that are archived. */
export function ThreadsDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const open = useDialogs();
  const [isArchived, setIsArchived] = useState(false);
  const pages = useThreads(channel.id, isArchived);
  const mayStart = useSelect((state) => select.canStartThread(state, channel.id));
  const serverId = channel.server_id ?? '';
  const now = new Date();
  return (
    <Dialog title={t('threads.of', channel.name)} size="medium" onClose={onClose}>
      <Choice
        label={t('threads.which')}
        value={isArchived ? 'archived' : 'active'}
        options={[
          { value: 'active', label: t('threads.active') },
          { value: 'archived', label: t('threads.archived') },
        ]}
        onChoose={(which) => setIsArchived(which === 'archived')}
      />
      <Paged pages={pages} label={t('threads')} empty={isArchived ? t('threads.archived.none') : t('threads.none')}>
        {(thread) => (
          <ListRow
            key={thread.id}
            lead={<MessagesSquare size={20} aria-hidden="true" />}
            title={
              <Link href={paths.channel(serverId, thread.id)} onClick={onClose}>
                {thread.name}
              </Link>
            }
            note={t(
              'threads.note',
              thread.message_count ?? 0,
              sayAgo(new Date(thread.last_message_at ?? thread.created_at), now),
            )}
          />
        )}
      </Paged>
      {mayStart ? (
        <div>
          <Button
            kind="primary"
            onClick={() => open({ kind: 'start-thread', serverId, channelId: channel.id, message: null })}
          >
            {t('thread.start')}
          </Button>
        </div>
      ) : null}
    </Dialog>
  );
}

/** Threads page by page. One that comes or goes changes which page it stands on: then the list begins again. */
function useThreads(channelId: string, isArchived: boolean) {
  const client = useClient();
  const load = useCallback(
    ({ last }: PageStart<Channel>) =>
      client.call('thread.list', {
        channel_id: channelId,
        archived: isArchived,
        ...(last !== null && { before: last.id }),
      }),
    [client, channelId, isArchived],
  );
  const pages = usePages(load);
  const { patch, reload } = pages;
  useEffect(() => {
    const ends = [
      client.on('CHANNEL_CREATE', (body) => body.parent_id === channelId && reload()),
      client.on('CHANNEL_DELETE', (body) => patch((items) => items.filter(({ id }) => id !== body.id))),
      client.on('CHANNEL_UPDATE', (body) => {
        if (body.is_archived !== undefined) reload();
        else patch((items) => items.map((one) => (one.id === body.id ? ({ ...one, ...body } as Channel) : one)));
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [client, channelId, patch, reload]);
  return pages;
}
