import { select } from '@snug/client';
import {
  type Channel,
  can,
  GROUP_ROLES,
  type GroupRole,
  LIMITS,
  Permission,
  type Recipient,
  type User,
} from '@snug/protocol';
import { useState } from 'react';
import { useAttempt } from '../../app/use-attempt.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { ListRow } from '../../ui/ListRow.tsx';
import { PeoplePicker } from '../people/PeoplePicker.tsx';
import { Face } from '../users/Face.tsx';
import { useMemberName } from '../users/use-member-name.ts';
import styles from './GroupPeople.module.css';

/** Who is in a group, what they may do there, and the way to bring more in. */
export function GroupPeople({ channel }: { channel: Channel }) {
  const mayAdd = useSelect((state) => can(select.channelPermissions(state, channel.id), Permission.CREATE_INVITE));
  const me = useSelect((state) => state.me?.id);
  const people = [...(channel.recipients ?? [])].sort((a, b) => rankOf(b.role) - rankOf(a.role));
  const own = people.find((one) => one.user_id === me)?.role ?? 'member';
  return (
    <>
      <ul aria-label={t('group.people')}>
        {people.map((person) => (
          <Person key={person.user_id} channelId={channel.id} person={person} own={own} />
        ))}
      </ul>
      {mayAdd ? <AddPeople channel={channel} /> : null}
    </>
  );
}

function rankOf(role: GroupRole): number {
  return GROUP_ROLES.indexOf(role);
}

/** Somebody in the group. Roles below one's own may be given to those who stand below; the owner may hand it over. */
function Person({ channelId, person, own }: { channelId: string; person: Recipient; own: GroupRole }) {
  const { user_id, role } = person;
  const client = useClient();
  const attempt = useAttempt();
  const name = useMemberName(null, user_id);
  const bits = useSelect((state) => select.channelPermissions(state, channelId));
  const outranks = rankOf(own) > rankOf(role);
  const at = { channel_id: channelId, user_id };
  const givable = GROUP_ROLES.filter((one) => rankOf(one) < rankOf(own) || own === 'owner');
  return (
    <ListRow
      lead={<Face userId={user_id} name={name} size={32} />}
      title={name}
      note={outranks && can(bits, Permission.MANAGE_ROLES) ? undefined : t(`group.role.${role}`)}
    >
      {outranks && can(bits, Permission.MANAGE_ROLES) ? (
        <select
          className={styles.role}
          aria-label={t('group.role', name)}
          value={role}
          onChange={(event) =>
            attempt(() => client.perform('group.set_role', { ...at, role: event.target.value as GroupRole }))
          }
        >
          {givable.map((one) => (
            <option key={one} value={one}>
              {one === 'owner' ? t('group.owner.give', name) : t(`group.role.${one}`)}
            </option>
          ))}
        </select>
      ) : null}
      {outranks && can(bits, Permission.KICK_MEMBERS) ? (
        <Button
          kind="plain"
          aria-label={t('group.remove.of', name)}
          onClick={() => attempt(() => client.perform('group.remove', at))}
        >
          {t('group.remove')}
        </Button>
      ) : null}
      {outranks && can(bits, Permission.BAN_MEMBERS) ? (
        <Button
          kind="plain"
          aria-label={t('group.ban.of', name)}
          onClick={() => attempt(() => client.perform('group.ban', at))}
        >
          {t('group.ban')}
        </Button>
      ) : null}
    </ListRow>
  );
}

function AddPeople({ channel }: { channel: Channel }) {
  const client = useClient();
  const attempt = useAttempt();
  const [people, setPeople] = useState<readonly User[]>([]);
  const inside = channel.recipient_ids ?? [];
  const add = (): void => {
    for (const { id, display_name } of people) {
      attempt(
        () => client.perform('group.add', { channel_id: channel.id, user_id: id }),
        t('group.added', display_name),
      );
    }
    setPeople([]);
  };
  return (
    <div className={styles.add}>
      <PeoplePicker chosen={people} without={inside} most={LIMITS.GROUP_SIZE - inside.length} onChange={setPeople} />
      <div>
        <Button kind="primary" disabled={people.length === 0} onClick={add}>
          {t('group.add')}
        </Button>
      </div>
    </div>
  );
}
