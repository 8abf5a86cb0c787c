import { t } from '../../strings/t.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Hidden } from '../../ui/Hidden.tsx';
import { join } from '../../ui/join.ts';
import type { Suggestion } from './find-suggestions.ts';
import styles from './SuggestionList.module.css';

export interface SuggestionListProps {
  id: string;
  list: readonly Suggestion[];
  at: number;
  onPoint: (index: number) => void;
  onChoose: (suggestion: Suggestion) => void;
}

/** Over the place where one writes. The keyboard stays in the text; its arrows go through this list. */
export function SuggestionList({ id, list, at, onPoint, onChoose }: SuggestionListProps) {
  return (
    <>
      <Hidden live="polite">{list.length === 0 ? '' : t('suggest.count', list.length)}</Hidden>
      {list.length === 0 ? null : (
        <div id={id} role="listbox" aria-label={t('suggest.list')} className={styles.list}>
          {list.map((suggestion, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the text below takes the keys
            <div
              key={suggestion.key}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              className={join(styles.option, index === at && styles.chosen)}
              onMouseMove={() => onPoint(index)}
              // The text keeps the keyboard.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onChoose(suggestion)}
            >
              {suggestion.userId === undefined ? null : (
                <Avatar id={suggestion.userId} name={suggestion.label} size={28} />
              )}
              {suggestion.emoji === undefined ? null : (
                <span className={styles.emoji} aria-hidden="true">
                  {suggestion.emoji}
                </span>
              )}
              <span className={styles.label}>{suggestion.label}</span>
              <span className={styles.note}>{suggestion.note}</span>
            </div>
          ))}
        </div>
      )}
    </>
  );
}
