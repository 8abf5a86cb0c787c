import { select } from '@snug/client';
import type { Id, Message, Reaction } from '@snug/protocol';
import { SmilePlus, Sparkles } from 'lucide-react';
import { useState } from 'react';
import { sameList } from '../../app/same.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Hidden } from '../../ui/Hidden.tsx';
import { join } from '../../ui/join.ts';
import { Tooltip } from '../../ui/Tooltip.tsx';
import { EmojiPicker } from './EmojiPicker.tsx';
import styles from './ReactionRow.module.css';
import { useReact } from './use-react.ts';

/** What people answered a message with in one emoji. Pressing one joins in, or takes one's own back. */
export function ReactionRow({ message, serverId }: { message: Message; serverId: Id | null }) {
  const reactions = useSelect((state) => select.reactionsOf(state, message));
  const canReact = useSelect((state) => select.canReact(state, message.channel_id));
  const react = useReact(message);
  const [isPicking, setIsPicking] = useState(false);
  if (reactions.length === 0) return null;
  return (
    <ul className={styles.row} aria-label={t('reaction.row')}>
      {reactions.map((reaction) => (
        <li key={reaction.emoji}>
          <Pill
            reaction={reaction}
            serverId={serverId}
            mayToggle={canReact || reaction.me}
            onToggle={() => react(reaction.emoji, !reaction.me)}
          />
        </li>
      ))}
      {canReact ? (
        <li>
          <EmojiPicker
            isOpen={isPicking}
            onOpenChange={setIsPicking}
            onPick={(emoji, isSuper) => react(emoji, true, isSuper)}
          >
            <button type="button" className={join(styles.pill, styles.add)} aria-label={t('reaction.add')}>
              <SmilePlus size={16} aria-hidden="true" />
            </button>
          </EmojiPicker>
        </li>
      ) : null}
    </ul>
  );
}

interface PillProps {
  reaction: Reaction;
  serverId: Id | null;
  mayToggle: boolean;
  onToggle: () => void;
}

function Pill({ reaction, serverId, mayToggle, onToggle }: PillProps) {
  const { emoji, count, users, me, super_count: superCount = 0 } = reaction;
  const names = useSelect((state) => users.map((id) => select.memberName(state, serverId, id)), sameList);
  const isSuper = superCount > 0;
  return (
    <Tooltip words={t('reaction.by', names, Math.max(0, count - names.length), emoji)}>
      <button
        type="button"
        className={join(styles.pill, me && styles.mine, isSuper && styles.super)}
        aria-pressed={me}
        aria-disabled={!mayToggle}
        aria-label={t('reaction.toggle', emoji, count, me)}
        onClick={() => {
          if (mayToggle) onToggle();
        }}
      >
        <span className={styles.emoji} aria-hidden="true">
          {emoji}
        </span>
        <span aria-hidden="true">{t('count', count)}</span>
        {isSuper ? <Sparkles size={13} aria-hidden="true" className={styles.spark} /> : null}
        {isSuper ? <Hidden>{t('reaction.is.super')}</Hidden> : null}
      </button>
    </Tooltip>
  );
}
