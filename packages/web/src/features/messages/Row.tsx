import type { Channel, Id, Message } from '@snug/protocol';
import { memo } from 'react';
import { sayNearDay } from '../../app/say-time.ts';
import { t } from '../../strings/t.ts';
import { Beginning } from './Beginning.tsx';
import { isSpoken, type Row as RowData } from './build-rows.ts';
import { FoldedItem } from './FoldedItem.tsx';
import { OutboxItem } from './OutboxItem.tsx';
import styles from './Row.module.css';
import { SystemItem } from './SystemItem.tsx';

export interface RowActions {
  onReply: (id: Id) => void;
  onEdit: (id: Id | null) => void;
  /** This message and what follows is unread again. */
  onUnread: (message: Message) => void;
  onJump: (id: Id) => void;
}

export interface RowProps extends RowActions {
  row: RowData;
  /** The channel that begins with this row. */
  beginning: Channel | null;
  serverId: Id | null;
  isLit: boolean;
  isEditing: boolean;
}

/** One row of the list: the dividers above it, then what was said. */
export const Row = memo(function Row(props: RowProps) {
  const { row } = props;
  return (
    <>
      {props.beginning === null ? null : <Beginning channel={props.beginning} isEmpty={false} />}
      {row.startsDay ? (
        <div className={styles.day}>
          <span>{sayNearDay(row.at, new Date())}</span>
        </div>
      ) : null}
      {row.startsNew ? (
        <div className={styles.new}>
          <span>{t('messages.new')}</span>
        </div>
      ) : null}
      <Item {...props} />
    </>
  );
}, isSameRow);

function Item({ row, ...rest }: RowProps) {
  if (row.kind === 'outbox') return <OutboxItem entry={row.entry} isGrouped={row.isGrouped} />;
  if (!isSpoken(row.message)) {
    return <SystemItem message={row.message} serverId={rest.serverId} at={row.at} onJump={rest.onJump} />;
  }
  return <FoldedItem {...rest} message={row.message} at={row.at} isGrouped={row.isGrouped} />;
}

/** Rows are made anew with every change of the channel; what they show seldom changes. */
function isSameRow(a: RowProps, b: RowProps): boolean {
  const [one, other] = [a.row, b.row];
  return (
    one.key === other.key &&
    one.startsDay === other.startsDay &&
    one.startsNew === other.startsNew &&
    one.isGrouped === other.isGrouped &&
    (one.kind === 'message'
      ? other.kind === 'message' && one.message === other.message
      : other.kind === 'outbox' && one.entry === other.entry) &&
    a.beginning === b.beginning &&
    a.isLit === b.isLit &&
    a.isEditing === b.isEditing &&
    a.serverId === b.serverId &&
    a.onReply === b.onReply &&
    a.onEdit === b.onEdit
  );
}
