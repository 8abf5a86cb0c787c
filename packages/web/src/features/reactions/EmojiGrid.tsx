import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { Hidden } from '../../ui/Hidden.tsx';
import { join } from '../../ui/join.ts';
import styles from './EmojiPicker.module.css';
import { recentEmoji } from './recent-emoji.ts';
import { type EmojiSearch, useEmojiSearch } from './use-emoji-search.ts';

const COLUMNS = 8;
const MOST = 100;

interface Choice {
  readonly emoji: string;
  /** What it is called; the emoji itself where that is not known. */
  readonly name: string;
}

/** A field for some letters, and what they find. The keyboard stays in the field; the arrows go through what is found. */
export function EmojiGrid({ onPick }: { onPick: (emoji: string) => void }) {
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const [recent] = useState(recentEmoji);
  const search = useEmojiSearch(query, MOST);
  const found = search.found ?? [];
  const listId = useId();
  const early = query.trim() === '' ? recent.map((emoji) => ({ emoji, name: emoji })) : [];
  const all: readonly Choice[] = [...early, ...found];
  const chosen = Math.min(at, all.length - 1);
  const onKeyDown = gridKeys(all, chosen, setAt, onPick);
  return (
    <>
      <input
        className={styles.input}
        role="combobox"
        aria-label={t('reaction.find')}
        aria-expanded="true"
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={all.length === 0 ? undefined : `${listId}-${chosen}`}
        placeholder={t('reaction.find.example')}
        autoComplete="off"
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" tabIndex={-1} aria-label={t('reaction.all')} className={styles.list}>
        <Part label={t('reaction.recent')} choices={early} from={0} at={chosen} listId={listId} onPick={onPick} />
        <Part
          label={t('reaction.all')}
          choices={found}
          from={early.length}
          at={chosen}
          listId={listId}
          onPick={onPick}
        />
      </div>
      <SearchNote search={search} isEmpty={all.length === 0} />
      <p className={styles.name}>{all[chosen] === undefined ? '' : nameOf(all[chosen])}</p>
    </>
  );
}

/** Enter picks, the arrows move. */
function gridKeys(
  all: readonly Choice[],
  chosen: number,
  point: (index: number) => void,
  pick: (emoji: string) => void,
) {
  return (event: KeyboardEvent<HTMLInputElement>): void => {
    const step = stepOf(event);
    if (event.key === 'Enter') {
      const choice = all[chosen];
      if (choice !== undefined) pick(choice.emoji);
    } else if (step !== 0 && all.length > 0) {
      point(Math.max(0, Math.min(all.length - 1, chosen + step)));
    } else return;
    event.preventDefault();
  };
}

/** How the search stands, where there is nothing to choose from. */
function SearchNote({ search: { found, hasFailed, retry }, isEmpty }: { search: EmojiSearch; isEmpty: boolean }) {
  if (hasFailed) {
    return (
      <div className={styles.note} role="alert">
        <p>{t('reaction.failed')}</p>
        <Button onClick={retry}>{t('retry')}</Button>
      </div>
    );
  }
  if (found === null) return <p className={styles.note}>{t('reaction.loading')}</p>;
  return isEmpty ? <p className={styles.note}>{t('reaction.none')}</p> : null;
}

interface PartProps {
  label: string;
  choices: readonly Choice[];
  /** The index of its first among all. */
  from: number;
  at: number;
  listId: string;
  onPick: (emoji: string) => void;
}

function Part({ label, choices, from, at, listId, onPick }: PartProps) {
  const chosen = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice is another element to bring into view
  useEffect(() => {
    // In braces: newer browsers answer with a promise, and an effect may only give its end.
    chosen.current?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  if (choices.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of a listbox has no element of its own
    <div role="group" aria-label={label} className={styles.part}>
      {choices.map((choice, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field above takes the keys
        <div
          key={choice.emoji}
          ref={from + index === at ? chosen : null}
          id={`${listId}-${from + index}`}
          role="option"
          tabIndex={-1}
          aria-selected={from + index === at}
          className={join(styles.emoji, from + index === at && styles.chosen)}
          title={nameOf(choice)}
          onClick={() => onPick(choice.emoji)}
        >
          <span aria-hidden="true">{choice.emoji}</span>
          <Hidden>{choice.name.replaceAll('_', ' ')}</Hidden>
        </div>
      ))}
    </div>
  );
}

function nameOf({ emoji, name }: Choice): string {
  return name === emoji ? emoji : `${emoji} :${name}:`;
}

/** Left and right belong to the text until the caret is at its end. */
function stepOf({ key, currentTarget: field }: KeyboardEvent<HTMLInputElement>): number {
  if (key === 'ArrowDown') return COLUMNS;
  if (key === 'ArrowUp') return -COLUMNS;
  if (field.selectionStart !== field.value.length) return 0;
  return key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
}
