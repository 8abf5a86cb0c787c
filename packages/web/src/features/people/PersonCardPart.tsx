import type { State } from '@snug/client';
import type { Id } from '@snug/protocol';
import { UserCheck, UserPlus } from 'lucide-react';
import { sameList } from '../../app/same.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './PersonCardPart.module.css';
import { PersonMenu } from './PersonMenu.tsx';
import { usePersonActs } from './use-person-acts.ts';

/** How one stands to somebody, on their card, and what can be done about it. */
export function PersonCardPart({ userId, name }: { userId: Id; name: string }) {
  const acts = usePersonActs(userId, name);
  const relation = useSelect((state) => state.relationships.get(userId)?.type ?? 'none');
  const servers = useSelect((state) => sharedServers(state, userId), sameList);
  const isPerson = useSelect((state) => (state.users.get(userId)?.username ?? '') !== '');
  return (
    <>
      {relation === 'blocked' ? <p className={styles.note}>{t('block.is')}</p> : null}
      {servers.length === 0 ? null : (
        <p className={styles.note}>
          {t('profile.mutual')}: {servers.join(', ')}
        </p>
      )}
      <div className={styles.acts}>
        {relation === 'none' && isPerson ? (
          <Button onClick={acts.befriend}>
            <UserPlus size={17} aria-hidden="true" />
            {t('friend.add')}
          </Button>
        ) : null}
        {relation === 'incoming' ? (
          <Button onClick={acts.befriend}>
            <UserCheck size={17} aria-hidden="true" />
            {t('friend.accept')}
          </Button>
        ) : null}
        {relation === 'outgoing' ? <Button onClick={() => acts.unfriend()}>{t('friend.cancel')}</Button> : null}
        {relation === 'blocked' ? <Button onClick={acts.unblock}>{t('block.remove')}</Button> : null}
        <PersonMenu userId={userId} name={name} />
      </div>
    </>
  );
}

/** As far as this client knows: of large servers it knows few members. */
function sharedServers(state: State, userId: Id): string[] {
  return state.serverOrder
    .filter((id) => state.members.get(id)?.has(userId) === true)
    .map((id) => state.servers.get(id)?.name ?? '');
}
