import { type State, select } from '@snug/client';
import { type Channel, type Id, type Mention, usernameKey } from '@snug/protocol';
import { useContext } from 'react';
import { Link } from 'wouter';
import { paths } from '../../app/paths.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { UserCard } from '../users/UserCard.tsx';
import styles from './MentionView.module.css';
import { MentionScope } from './mention-scope.ts';
import { channelNamed, roleIn } from './names-in.ts';

/** Somebody or something named in a text: people open their card, channels lead there. */
export function MentionView({ mention }: { mention: Mention }) {
  switch (mention.to) {
    case 'everyone':
    case 'here':
      return <span className={styles.mention}>{mention.text}</span>;
    case 'user':
      return <UserMention id={mention.id ?? ''} />;
    case 'role':
      return <RoleMention id={mention.id ?? ''} />;
    case 'channel':
      return <ChannelMention mention={mention} />;
    case 'name':
      return <NameMention mention={mention} />;
  }
}

function UserMention({ id }: { id: Id }) {
  const { serverId } = useContext(MentionScope);
  const isKnown = useSelect((state) => state.users.has(id));
  const name = useSelect((state) => select.memberName(state, serverId, id));
  if (!isKnown) return <span className={styles.mention}>{t('mention.user', t('mention.unknown'))}</span>;
  return (
    <UserCard userId={id} serverId={serverId}>
      <button type="button" className={styles.mention}>
        {t('mention.user', name)}
      </button>
    </UserCard>
  );
}

function RoleMention({ id }: { id: Id }) {
  const { serverId } = useContext(MentionScope);
  const name = useSelect((state) => roleIn(state, serverId, id)?.name ?? t('mention.unknown'));
  return <span className={styles.mention}>{t('mention.user', name)}</span>;
}

function ChannelMention({ mention: { id, name, text } }: { mention: Mention }) {
  const { serverId } = useContext(MentionScope);
  const channel = useSelect((state) =>
    id === undefined ? channelNamed(state, serverId, name ?? '') : state.channels.get(id),
  );
  if (channel === undefined) {
    return id === undefined ? (
      text
    ) : (
      <span className={styles.mention}>{t('mention.channel', t('mention.unknown'))}</span>
    );
  }
  return (
    <Link className={styles.mention} href={pathOf(channel)}>
      {t('mention.channel', channel.name || t('mention.unknown'))}
    </Link>
  );
}

function pathOf({ id, server_id: serverId }: Channel): string {
  return serverId === undefined ? paths.dm(id) : paths.channel(serverId, id);
}

function NameMention({ mention: { name = '', text } }: { mention: Mention }) {
  const scope = useContext(MentionScope);
  const user = useSelect((state) => scope.users.find((id) => isCalled(state, id, name)));
  const role = useSelect((state) => scope.roles.find((id) => isRoleCalled(state, scope.serverId, id, name)));
  if (user !== undefined) return <UserMention id={user} />;
  return role === undefined ? text : <RoleMention id={role} />;
}

function isRoleCalled(state: State, serverId: Id | null, id: Id, name: string): boolean {
  return usernameKey(roleIn(state, serverId, id)?.name ?? '') === usernameKey(name);
}

function isCalled(state: State, id: Id, name: string): boolean {
  const username = state.users.get(id)?.username ?? '';
  return username !== '' && usernameKey(username) === usernameKey(name);
}
