import type { Id } from '@snug/protocol';
import { MessageCircle, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { Paged } from '../../app/Paged.tsx';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Field } from '../../ui/Field.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { useMemberName } from '../users/use-member-name.ts';
import styles from './FriendsPage.module.css';
import { PersonMenu } from './PersonMenu.tsx';
import { PersonRow } from './PersonRow.tsx';
import { usePeopleSearch } from './use-people-search.ts';
import { usePersonActs } from './use-person-acts.ts';

/** Everybody of this instance who lets themselves be found. */
export function FindPeople() {
  const [query, setQuery] = useState('');
  const pages = usePeopleSearch(query);
  return (
    <search className={styles.section}>
      <Field
        label={t('person.find')}
        placeholder={t('person.find.example')}
        autoComplete="off"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <Paged
        pages={pages}
        label={t('person.find')}
        empty={query.trim() === '' ? t('person.find.hint') : t('person.find.none')}
        bones="people"
      >
        {(user) => <Found key={user.id} userId={user.id} />}
      </Paged>
    </search>
  );
}

function Found({ userId }: { userId: Id }) {
  const name = useMemberName(null, userId);
  const acts = usePersonActs(userId, name);
  const isMe = useSelect((state) => state.me?.id === userId);
  const relation = useSelect((state) => state.relationships.get(userId)?.type);
  return (
    <PersonRow userId={userId}>
      {isMe ? null : (
        <>
          {relation === undefined || relation === 'incoming' ? (
            <IconButton label={t('friend.add')} onClick={acts.befriend}>
              <UserPlus size={18} aria-hidden="true" />
            </IconButton>
          ) : null}
          <IconButton label={t('friend.message.of', name)} onClick={acts.write}>
            <MessageCircle size={18} aria-hidden="true" />
          </IconButton>
          <PersonMenu userId={userId} name={name} />
        </>
      )}
    </PersonRow>
  );
}
