import type { Reaction } from '@snug/protocol';
import { t } from '../../strings/t.ts';
import styles from './WhoReacted.module.css';

/** One of the emoji that a message was answered with. */
export function ReactionChoice(props: {
  reactions: readonly Reaction[];
  chosen: string;
  onChoose: (emoji: string) => void;
}) {
  return (
    <fieldset className={styles.choices}>
      <legend>{t('reaction.who.which')}</legend>
      {props.reactions.map(({ emoji, count }) => (
        <label key={emoji} className={styles.choice}>
          <input type="radio" name="reaction" checked={emoji === props.chosen} onChange={() => props.onChoose(emoji)} />
          {emoji} {t('count', count)}
        </label>
      ))}
    </fieldset>
  );
}
