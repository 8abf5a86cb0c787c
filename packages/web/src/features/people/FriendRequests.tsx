import { select } from '@snug/client';
import type { Id } from '@snug/protocol';
import { sayAgo } from '../../app/say-time.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { useMemberName } from '../users/use-member-name.ts';
import { AddFriend } from './AddFriend.tsx';
import styles from './FriendsPage.module.css';
import { PersonRow } from './PersonRow.tsx';
import { usePersonActs } from './use-person-acts.ts';

/** Who waits for an answer, on either side, and the way to ask. */
export function FriendRequests() {
  const incoming = useSelect(select.incoming);
  const outgoing = useSelect(select.outgoing);
  return (
    <>
      <AddFriend />
      {incoming.length + outgoing.length === 0 ? <p className={styles.empty}>{t('friends.requests.none')}</p> : null}
      <Part title={t('friends.incoming')} ids={incoming} isIncoming />
      <Part title={t('friends.outgoing')} ids={outgoing} isIncoming={false} />
    </>
  );
}

function Part({ title, ids, isIncoming }: { title: string; ids: readonly Id[]; isIncoming: boolean }) {
  if (ids.length === 0) return null;
  return (
    <section className={styles.section} aria-label={title}>
      <h2>{title}</h2>
      <ul aria-label={title}>
        {ids.map((id) => (
          <Request key={id} userId={id} isIncoming={isIncoming} />
        ))}
      </ul>
    </section>
  );
}

function Request({ userId, isIncoming }: { userId: Id; isIncoming: boolean }) {
  const name = useMemberName(null, userId);
  const since = useSelect((state) => state.relationships.get(userId)?.since ?? '');
  const acts = usePersonActs(userId, name);
  return (
    <PersonRow userId={userId} note={t('friends.asked', sayAgo(new Date(since), new Date()))}>
      {isIncoming ? (
        <>
          <Button kind="primary" aria-label={t('friend.accept.of', name)} onClick={acts.befriend}>
            {t('friend.accept')}
          </Button>
          <Button kind="plain" aria-label={t('friend.decline.of', name)} onClick={() => acts.unfriend()}>
            {t('friend.decline')}
          </Button>
        </>
      ) : (
        <Button aria-label={t('friend.cancel.of', name)} onClick={() => acts.unfriend()}>
          {t('friend.cancel')}
        </Button>
      )}
    </PersonRow>
  );
}
