import type { Id } from '@snug/protocol';
import { MessageCircle } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { ReactElement } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { sayError } from '../../app/say-error.ts';
import { sayDay } from '../../app/say-time.ts';
import { useMedia } from '../../app/use-media.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { useSubmit } from '../../app/use-submit.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { MemberCardPart } from '../members/MemberCardPart.tsx';
import { PersonCardPart } from '../people/PersonCardPart.tsx';
import { PersonMenu } from '../people/PersonMenu.tsx';
import { Face } from './Face.tsx';
import styles from './UserCard.module.css';
import { useMemberName } from './use-member-name.ts';

export interface UserCardProps {
  userId: Id;
  serverId: Id | null;
  side?: 'left' | 'right';
  /** The control that opens it. */
  children: ReactElement;
}

/** Who somebody is, beside where they were clicked, and the way to speak with them alone. */
export function UserCard({ userId, serverId, side = 'right', children }: UserCardProps) {
  return (
    <Popover.Root>
      <Popover.Trigger asChild>{children}</Popover.Trigger>
      <Popover.Portal>
        <Content userId={userId} serverId={serverId} side={side} />
      </Popover.Portal>
    </Popover.Root>
  );
}

/** Only there while it is open, so that rows of a list ask for nothing that they do not show. */
function Content({ userId, serverId, side }: Required<Pick<UserCardProps, 'userId' | 'serverId' | 'side'>>) {
  const name = useMemberName(serverId, userId);
  const isNarrow = useMedia('(max-width: 760px)');
  return (
    <Popover.Content
      className={styles.card}
      side={isNarrow ? 'bottom' : side}
      align="start"
      sideOffset={10}
      collisionPadding={10}
      aria-label={name}
    >
      <Card userId={userId} serverId={serverId} />
    </Popover.Content>
  );
}

function Card({ userId, serverId }: { userId: Id; serverId: Id | null }) {
  const client = useClient();
  const submit = useSubmit();
  const [, navigate] = useLocation();
  const user = useSelect((state) => state.users.get(userId));
  const name = useMemberName(serverId, userId);
  const isMe = useSelect((state) => state.me?.id === userId);
  const joined = useSelect((state) =>
    serverId === null ? undefined : state.members.get(serverId)?.get(userId)?.joined_at,
  );
  const openDm = async (): Promise<void> => {
    const channel = await client.perform('dm.open', { recipient_id: userId });
    navigate(paths.dm(channel.id));
  };
  const canBeWritten = !isMe && user !== undefined && user.username !== '';
  return (
    <>
      <div className={styles.banner} />
      <div className={styles.body}>
        <Face userId={userId} name={name} size={64} />
        <p className={styles.name}>{name}</p>
        <p className={styles.handle}>{describeHandle(user)}</p>
        {user === undefined || user.custom_status === '' ? null : <p>{user.custom_status}</p>}
        {user === undefined || user.bio === '' ? null : <p className={styles.bio}>{user.bio}</p>}
        {joined === undefined ? null : <p className={styles.since}>{t('user.since', sayDay(new Date(joined)))}</p>}
        {serverId === null ? null : <MemberCardPart userId={userId} serverId={serverId} name={name} />}
        {isMe || user === undefined ? null : <PersonCardPart userId={userId} name={name} serverId={serverId} />}
        {submit.error === undefined ? null : <Notice kind="problem">{sayError(submit.error)}</Notice>}
        {isMe || user === undefined ? null : (
          <div className={styles.acts}>
            {canBeWritten ? (
              <Button kind="primary" isWide isBusy={submit.isBusy} onClick={() => void submit.run(openDm)}>
                <MessageCircle size={17} aria-hidden="true" />
                {t('user.message')}
              </Button>
            ) : null}
            <PersonMenu userId={userId} name={name} />
          </div>
        )}
      </div>
    </>
  );
}

/** The handle; imported authors have none, so theirs says where they come from (E24). */
function describeHandle(user: { username: string; origin?: string | undefined } | undefined): string {
  if (user === undefined) return '';
  if (user.username !== '') return `@${user.username}`;
  return t('user.imported', user.origin ?? '');
}
