import { type State, select } from '@snug/client';
import type { Channel, Id, Message } from '@snug/protocol';
import { Check, CheckCheck } from 'lucide-react';
import { useEffect } from 'react';
import { loadQuietly } from '../../app/load-quietly.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import styles from './ReceiptLine.module.css';

const NAMED = 3;

/** Under the list of a DM or a group: how far what one said last has come. */
export function ReceiptLine({ channel }: { channel: Channel }) {
  const client = useClient();
  const isConversation = channel.server_id === undefined;
  const isLive = useSelect((state) => state.connection.status === 'online');
  useEffect(() => {
    if (isConversation && isLive) loadQuietly(client.loadReceipts(channel.id), 'receipts were not loaded');
  }, [client, channel.id, isConversation, isLive]);
  const words = useSelect((state) => (isConversation ? sayReceipts(state, channel) : ''));
  if (words === '') return null;
  const isRead = words !== t('receipts.line.delivered');
  const Icon = isRead ? CheckCheck : Check;
  return (
    <p className={styles.line}>
      <Icon size={14} aria-hidden="true" />
      {words}
    </p>
  );
}

/** Nothing unless the newest message is one's own: an answer says more than a receipt. */
function sayReceipts(state: State, channel: Channel): string {
  const message = newestOwn(state, channel.id);
  if (message === null) return '';
  const { readBy, deliveredTo } = select.receiptsOf(state, message);
  if (readBy.length === 0) return deliveredTo.length === 0 ? '' : t('receipts.line.delivered');
  if (channel.type === 'dm') return t('receipts.line.read');
  const names = readBy.slice(0, NAMED).map((id) => select.userName(state, id));
  return t('receipts.line.readBy', names, readBy.length - names.length);
}

function newestOwn(state: State, channelId: Id): Message | null {
  const window = state.windows.get(channelId);
  if (window === undefined || window.hasAfter) return null;
  const message = state.messages.get(channelId)?.get(window.ids.at(-1) ?? '');
  return message?.author_id === state.me?.id ? (message ?? null) : null;
}
