import type { AuditEntry, Id, MemberWithUser } from '@snug/protocol';
import { useCallback, useMemo, useState } from 'react';
import { Paged } from '../../app/Paged.tsx';
import { sameFields } from '../../app/same.ts';
import { sayExact, sayWhen } from '../../app/say-time.ts';
import { type PageStart, usePages } from '../../app/use-pages.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Choice } from '../../ui/Field.tsx';
import { ListRow } from '../../ui/ListRow.tsx';
import { MemberPicker } from '../members/MemberPicker.tsx';
import { nameOf } from '../members/name-of.ts';
import { useMemberNames } from '../members/use-member-names.ts';
import { SettingsPage } from '../servers/SettingsPage.tsx';
import styles from './AuditPage.module.css';
import { AUDIT_ACTIONS, type AuditAction, isDoneToPerson } from './audit-actions.ts';
import { type AuditNames, onceCalled, sayAudit } from './say-audit.ts';

const PAGE = 50;
const ACTIONS = Object.keys(AUDIT_ACTIONS) as AuditAction[];

/** What was done to a server, by whom and why, the latest first. */
export function AuditPage({ serverId }: { serverId: Id }) {
  const client = useClient();
  const [actor, setActor] = useState<MemberWithUser | null>(null);
  const [action, setAction] = useState('');
  const actorId = actor?.user_id ?? null;
  const load = useCallback(
    ({ next }: PageStart<AuditEntry>) =>
      client.call('audit.list', {
        server_id: serverId,
        limit: PAGE,
        ...(actorId !== null && { actor_id: actorId }),
        ...(action !== '' && { action }),
        ...(next !== null && { cursor: next }),
      }),
    [client, serverId, actorId, action],
  );
  const pages = usePages(load);
  const { items } = pages;
  const people = useMemberNames(serverId, peopleIn(items ?? []));
  const called = useMemo(() => onceCalled(items ?? []), [items]);
  const names: AuditNames = { nameOf: (id) => people[id] || t('target.left'), onceCalled: called };
  return (
    <SettingsPage title={t('serverSettings.audit')} note={t('audit.note')}>
      <search className={styles.filter}>
        <ActorChoice serverId={serverId} actor={actor} onChoose={setActor} />
        <Choice
          label={t('audit.action')}
          value={action}
          options={[
            { value: '', label: t('audit.anything') },
            ...ACTIONS.map((value) => ({ value, label: t(`audit.kind.${value}`) })),
          ]}
          onChoose={setAction}
        />
      </search>
      <Paged pages={pages} label={t('serverSettings.audit')} empty={t('audit.none')}>
        {(entry) => <EntryRow key={entry.position} entry={entry} names={names} />}
      </Paged>
    </SettingsPage>
  );
}

/** Those who acted, those it was done to, and authors of what was deleted, once each. */
function peopleIn(entries: readonly AuditEntry[]): readonly Id[] {
  const ids = entries.flatMap(({ action, actor_id, target_id, changes }) => [
    actor_id,
    isDoneToPerson(action) ? target_id : null,
    changes.author_id,
  ]);
  return [...new Set(ids)].filter((id) => typeof id === 'string');
}

function EntryRow({ entry, names }: { entry: AuditEntry; names: AuditNames }) {
  const words = useSelect((state) => {
    const { sentence, changes } = sayAudit(state, entry, names);
    return { sentence, changes: changes.join(', ') };
  }, sameFields);
  const at = new Date(entry.at);
  return (
    <ListRow
      title={words.sentence}
      note={
        <>
          {words.changes === '' ? null : <span className={styles.line}>{words.changes}</span>}
          {entry.reason === '' ? null : <span className={styles.line}>{t('audit.reason', entry.reason)}</span>}
          <time dateTime={entry.at} title={sayExact(at)}>
            {sayWhen(at, new Date())}
          </time>
        </>
      }
    />
  );
}

interface ActorChoiceProps {
  serverId: Id;
  actor: MemberWithUser | null;
  onChoose: (actor: MemberWithUser | null) => void;
}

/** Whose acts to show: anybody's, or one member's. */
function ActorChoice({ serverId, actor, onChoose }: ActorChoiceProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div className={styles.actor}>
      <span className={styles.label} id="audit-actor">
        {t('audit.by')}
      </span>
      <div className={styles.buttons}>
        <Button aria-describedby="audit-actor" onClick={() => setIsOpen(true)}>
          {actor === null ? t('audit.anybody') : nameOf(actor)}
        </Button>
        {actor === null ? null : (
          <Button kind="plain" onClick={() => onChoose(null)}>
            {t('audit.anybody')}
          </Button>
        )}
      </div>
      {isOpen ? (
        <Dialog title={t('audit.by')} onClose={() => setIsOpen(false)}>
          <MemberPicker
            label={t('audit.by')}
            serverId={serverId}
            chosenId={actor?.user_id ?? null}
            isOffered={() => true}
            onChoose={(member) => {
              setIsOpen(false);
              onChoose(member);
            }}
          />
        </Dialog>
      ) : null}
    </div>
  );
}
