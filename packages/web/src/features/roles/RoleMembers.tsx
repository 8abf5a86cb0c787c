import type { Id, MemberWithUser, Role } from '@snug/protocol';
import { X } from 'lucide-react';
import { useState } from 'react';
import { Paged } from '../../app/Paged.tsx';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { useSubmit } from '../../app/use-submit.ts';
import { t } from '../../strings/t.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { ListRow } from '../../ui/ListRow.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { MemberPicker } from '../members/MemberPicker.tsx';
import { nameOf } from '../members/name-of.ts';
import { useMembers } from '../members/use-members.ts';

/** Who has a role; it is given and taken here. */
export function RoleMembers({ role }: { role: Role }) {
  const client = useClient();
  const submit = useSubmit();
  const [isAdding, setIsAdding] = useState(false);
  const pages = useMembers(role.server_id, { query: '', roleId: role.id });
  const take = (userId: Id): void => {
    void submit.run(async () => {
      await client.perform('member.remove_role', { server_id: role.server_id, user_id: userId, role_id: role.id });
    });
  };
  return (
    <>
      {submit.error === undefined ? null : <Notice kind="problem">{sayError(submit.error)}</Notice>}
      <Paged pages={pages} label={t('role.members')} empty={t('role.members.none')} bones="people">
        {(member) => (
          <ListRow
            key={member.user_id}
            lead={<Avatar id={member.user_id} name={nameOf(member)} size={28} />}
            title={nameOf(member)}
            note={`@${member.user.username}`}
          >
            <IconButton
              label={t('role.members.take', nameOf(member))}
              isSmall
              isDanger
              onClick={() => take(member.user_id)}
            >
              <X size={16} aria-hidden="true" />
            </IconButton>
          </ListRow>
        )}
      </Paged>
      <Button onClick={() => setIsAdding(true)}>{t('role.members.add')}</Button>
      {isAdding ? <GiveRole role={role} onClose={() => setIsAdding(false)} /> : null}
    </>
  );
}

function GiveRole({ role, onClose }: { role: Role; onClose: () => void }) {
  const client = useClient();
  const [chosen, setChosen] = useState<MemberWithUser | null>(null);
  const give = async (): Promise<void> => {
    if (chosen === null) return;
    const { server_id, id } = role;
    await client.perform('member.add_role', { server_id, user_id: chosen.user_id, role_id: id });
    onClose();
  };
  return (
    <FormDialog
      title={t('role.give.title', role.name)}
      action={t('role.give')}
      isReady={chosen !== null}
      explain={sayError}
      onSubmit={give}
      onClose={onClose}
    >
      <MemberPicker
        label={t('serverSettings.members')}
        serverId={role.server_id}
        chosenId={chosen?.user_id ?? null}
        isOffered={(member) => !member.role_ids.includes(role.id)}
        onChoose={setChosen}
      />
    </FormDialog>
  );
}
