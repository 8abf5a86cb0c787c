import { select } from '@snug/client';
import type { Id, User } from '@snug/protocol';
import { X } from 'lucide-react';
import { useState } from 'react';
import { Paged } from '../../app/Paged.tsx';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Check } from '../../ui/Check.tsx';
import { Field } from '../../ui/Field.tsx';
import styles from './PeoplePicker.module.css';
import { usePeopleSearch } from './use-people-search.ts';

export interface PeoplePickerProps {
  chosen: readonly User[];
  /** Those who are in already, or cannot be chosen. */
  without: readonly Id[];
  /** How many may be chosen at most. */
  most: number;
  onChange: (chosen: readonly User[]) => void;
}

/** Some people, found by the start of a name; friends stand there before anything is typed. */
export function PeoplePicker({ chosen, without, most, onChange }: PeoplePickerProps) {
  const [query, setQuery] = useState('');
  const found = usePeopleSearch(query);
  const isFull = chosen.length >= most;
  const friends = useFriends();
  const offered = query.trim() === '' ? friends : (found.items ?? []);
  const pages = {
    ...found,
    items: found.items === null ? null : offered.filter(({ id }) => !without.includes(id)),
  };
  const toggle = (user: User): void => {
    const rest = chosen.filter(({ id }) => id !== user.id);
    onChange(rest.length === chosen.length ? [...chosen, user] : rest);
  };
  return (
    <fieldset className={styles.picker}>
      <legend>{t('group.people')}</legend>
      <Chosen people={chosen} onDrop={toggle} />
      <Field
        label={t('people.find')}
        placeholder={t('person.find.example')}
        error={isFull ? t('group.people.full', most + without.length) : undefined}
        autoComplete="off"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <div className={styles.list}>
        <Paged
          pages={pages}
          label={t('person.find')}
          empty={query.trim() === '' ? t('person.find.hint') : t('person.find.none')}
          bones="people"
        >
          {(user) => (
            <li key={user.id}>
              <Person
                user={user}
                isChosen={chosen.some(({ id }) => id === user.id)}
                isFull={isFull}
                onToggle={() => toggle(user)}
              />
            </li>
          )}
        </Paged>
      </div>
    </fieldset>
  );
}

/** Those who were picked; pressing one leaves them out again. */
function Chosen({ people, onDrop }: { people: readonly User[]; onDrop: (user: User) => void }) {
  if (people.length === 0) return null;
  return (
    <ul className={styles.chosen} aria-label={t('group.people.chosen')}>
      {people.map((user) => (
        <li key={user.id}>
          <button
            type="button"
            className={styles.chip}
            aria-label={t('group.people.remove', user.display_name)}
            onClick={() => onDrop(user)}
          >
            {user.display_name}
            <X size={14} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}

function useFriends(): readonly User[] {
  const ids = useSelect(select.friends);
  const users = useSelect((state) => state.users);
  return ids.flatMap((id) => users.get(id) ?? []);
}

function Person(props: { user: User; isChosen: boolean; isFull: boolean; onToggle: () => void }) {
  const { user, isChosen, isFull, onToggle } = props;
  return (
    <Check
      label={
        <span className={styles.person}>
          <Avatar id={user.id} name={user.display_name} size={28} />
          <span className={styles.name}>{user.display_name}</span>
          <span className={styles.handle}>{t('mention.user', user.username)}</span>
        </span>
      }
      checked={isChosen}
      disabled={isFull && !isChosen}
      onCheck={onToggle}
    />
  );
}
