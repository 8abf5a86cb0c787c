import type { State } from '@snug/client';
import type { Id } from '@snug/protocol';
import { UserCheck, UserPlus, UserX } from 'lucide-react';
import { sameList } from '../../app/same.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './PersonCardPart.module.css';
import { usePersonActs } from './use-person-acts.ts';

export interface PersonCardPartProps {
  userId: Id;
  name: string;
  /** Where they were met; null: in a conversation. */
  serverId: Id | null;
}

/** How one stands to somebody, on their card, and what changes it. */
export function PersonCardPart({ userId, name, serverId }: PersonCardPartProps) {
  const acts = usePersonActs(userId, name);
  const relation = useSelect((state) => state.relationships.get(userId)?.type ?? 'none');
  const servers = useSelect((state) => sharedServers(state, userId, serverId), sameList);
  const isPerson = useSelect((state) => (state.users.get(userId)?.username ?? '') !== '');
  return (
    <>
      {servers.length === 0 ? null : (
        <p className={styles.note}>
          {t('profile.mutual')}: {servers.join(', ')}
        </p>
      )}
      {relation === 'blocked' ? <p className={styles.note}>{t('block.is')}</p> : null}
      {relation === 'none' && isPerson ? (
        <Button isWide onClick={acts.befriend}>
          <UserPlus size={17} aria-hidden="true" />
          {t('friend.add')}
        </Button>
      ) : null}
      {relation === 'incoming' ? (
        <Button isWide onClick={acts.befriend}>
          <UserCheck size={17} aria-hidden="true" />
          {t('friend.accept')}
        </Button>
      ) : null}
      {relation === 'outgoing' ? (
        <Button isWide onClick={() => acts.unfriend()}>
          <UserX size={17} aria-hidden="true" />
          {t('friend.cancel.request')}
        </Button>
      ) : null}
      {relation === 'blocked' ? (
        <Button isWide onClick={acts.unblock}>
          {t('block.remove')}
        </Button>
      ) : null}
    </>
  );
}

/** Others than this one, as far as this client knows: of large servers it knows few members. */
function sharedServers(state: State, userId: Id, here: Id | null): string[] {
  return state.serverOrder
    .filter((id) => id !== here && state.members.get(id)?.has(userId) === true)
    .map((id) => state.servers.get(id)?.name ?? '');
}
