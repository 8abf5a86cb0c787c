import type { Id, MemberWithUser } from '@snug/protocol';
import { useId, useState } from 'react';
import { Paged } from '../../app/Paged.tsx';
import { t } from '../../strings/t.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Field } from '../../ui/Field.tsx';
import styles from './MemberPicker.module.css';
import { nameOf } from './name-of.ts';
import { useMembers } from './use-members.ts';

export interface MemberPickerProps {
  label: string;
  serverId: Id;
  chosenId: Id | null;
  isOffered: (member: MemberWithUser) => boolean;
  onChoose: (member: MemberWithUser) => void;
}

/** One member, found by the start of a name. */
export function MemberPicker({ label, serverId, chosenId, isOffered, onChoose }: MemberPickerProps) {
  const [query, setQuery] = useState('');
  const pages = useMembers(serverId, { query, roleId: null });
  const group = useId();
  const offered = { ...pages, items: pages.items?.filter(isOffered) ?? null };
  return (
    <fieldset className={styles.picker}>
      <legend>{label}</legend>
      <Field
        label={t('member.find')}
        placeholder={t('member.find.example')}
        autoComplete="off"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <div className={styles.list}>
        <Paged pages={offered} label={label} empty={t('people.none')} bones="people">
          {(member) => (
            <li key={member.user_id}>
              <label className={styles.person}>
                <input
                  type="radio"
                  name={group}
                  checked={member.user_id === chosenId}
                  onChange={() => onChoose(member)}
                />
                <Avatar id={member.user_id} name={nameOf(member)} size={28} />
                <span className={styles.name}>{nameOf(member)}</span>
                <span className={styles.handle}>@{member.user.username}</span>
              </label>
            </li>
          )}
        </Paged>
      </div>
    </fieldset>
  );
}
