import { select } from '@snug/client';
import type { CommandResult, Message } from '@snug/protocol';
import { useCallback } from 'react';
import { Paged } from '../../app/Paged.tsx';
import { sayAgo, sayExact } from '../../app/say-time.ts';
import { usePages } from '../../app/use-pages.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ListRow } from '../../ui/ListRow.tsx';

type Ack = CommandResult<'receipt.of_message'>['items'][number];

/** Whom a message of a DM or a group reached, and who read it, as far as they tell. */
export function ReceiptsDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const { channel_id, id: message_id } = message;
  const client = useClient();
  const load = useCallback(
    () => client.call('receipt.of_message', { channel_id, message_id }),
    [client, channel_id, message_id],
  );
  return (
    <Dialog title={t('receipts.title')} onClose={onClose}>
      <Paged pages={usePages<Ack>(load)} label={t('receipts.title')} empty={t('receipts.none')} bones="people">
        {(ack) => <Reader key={ack.user_id} ack={ack} />}
      </Paged>
    </Dialog>
  );
}

function Reader({ ack: { user_id: userId, read_at: readAt, delivered_at: deliveredAt } }: { ack: Ack }) {
  const name = useSelect((state) => select.userName(state, userId));
  const at = new Date(readAt ?? deliveredAt);
  const ago = sayAgo(at, new Date());
  return (
    <ListRow
      lead={<Avatar id={userId} name={name} size={32} />}
      title={name}
      note={
        <span title={sayExact(at)}>{readAt === null ? t('receipts.delivered', ago) : t('receipts.read', ago)}</span>
      }
    />
  );
}
