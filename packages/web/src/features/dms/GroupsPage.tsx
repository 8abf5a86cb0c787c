import type { CommandResult } from '@snug/protocol';
import { Plus, Users } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useLocation } from 'wouter';
import { Paged } from '../../app/Paged.tsx';
import { paths } from '../../app/paths.ts';
import { useAttempt } from '../../app/use-attempt.ts';
import { type PageStart, usePages } from '../../app/use-pages.ts';
import { useSettled } from '../../app/use-settled.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { ListRow } from '../../ui/ListRow.tsx';
import { useDialogs } from '../shell/dialogs.ts';
import { PageFrame } from '../shell/PageFrame.tsx';
import styles from './GroupsPage.module.css';

type Found = CommandResult<'group.discover'>['items'][number];

const PAUSE_MS = 250;

/** Groups of this instance that anybody may join. */
export function GroupsPage() {
  const client = useClient();
  const open = useDialogs();
  const [typed, setTyped] = useState('');
  const query = useSettled(typed.trim(), PAUSE_MS);
  const load = useCallback(
    ({ last }: PageStart<Found>) =>
      client.call('group.discover', {
        ...(query !== '' && { query }),
        ...(last !== null && { after: last.id }),
      }),
    [client, query],
  );
  return (
    <PageFrame
      title={t('groups')}
      tools={
        <Button onClick={() => open({ kind: 'create-group' })}>
          <Plus size={17} aria-hidden="true" />
          {t('group.create')}
        </Button>
      }
    >
      <p className={styles.note}>{t('groups.note')}</p>
      <search>
        <Field
          label={t('groups.find')}
          placeholder={t('groups.find.example')}
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </search>
      <Paged
        pages={usePages(load)}
        label={t('groups')}
        empty={query === '' ? t('groups.none') : t('groups.noneFound')}
        bones="people"
      >
        {(group) => <GroupRow key={group.id} group={group} />}
      </Paged>
    </PageFrame>
  );
}

function GroupRow({ group }: { group: Found }) {
  const client = useClient();
  const attempt = useAttempt();
  const [, navigate] = useLocation();
  const isMine = useSelect((state) => state.channels.has(group.id));
  const name = group.name === '' ? t('groups.untitled') : group.name;
  const join = (): void =>
    attempt(async () => {
      if (!isMine) await client.perform('group.join', { channel_id: group.id });
      navigate(paths.dm(group.id));
    });
  return (
    <ListRow
      lead={<Users size={22} aria-hidden="true" />}
      title={name}
      note={
        group.topic === '' ? t('members', group.member_count) : `${t('members', group.member_count)} · ${group.topic}`
      }
    >
      <Button aria-label={isMine ? undefined : t('group.join.of', name)} onClick={join}>
        {isMine ? t('group.open') : t('group.join')}
      </Button>
    </ListRow>
  );
}
