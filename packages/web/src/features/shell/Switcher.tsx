import { type State, select } from '@snug/client';
import { type KeyboardEvent, useId, useState } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { sameList } from '../../app/same.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { join } from '../../ui/join.ts';
import styles from './Switcher.module.css';

const MOST = 8;

/** Ctrl+K: some letters of a name, and one is there. */
export function Switcher({ onClose }: { onClose: () => void }) {
  const [, navigate] = useLocation();
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const found = useSelect((state) => find(state, query), sameList);
  const listId = useId();
  const spots = useSelect((state) => found.map((id) => describe(state, id)), sameSpots);
  const at = Math.min(chosen, spots.length - 1);
  const go = (spot: Spot | undefined): void => {
    if (spot === undefined) return;
    onClose();
    navigate(spot.href);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setChosen((at + step + spots.length) % Math.max(1, spots.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      go(spots[at]);
    }
  };
  return (
    <Dialog title={t('switcher.title')} size="medium" onClose={onClose}>
      <input
        className={styles.input}
        role="combobox"
        aria-label={t('switcher.label')}
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={spots.length === 0 ? undefined : `${listId}-${at}`}
        placeholder={t('switcher.placeholder')}
        autoFocus
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <Spots listId={listId} spots={spots} at={at} onPoint={setChosen} onGo={go} onKeyDown={onKeyDown} />
    </Dialog>
  );
}

interface SpotsProps {
  listId: string;
  spots: readonly Spot[];
  at: number;
  onPoint: (index: number) => void;
  onGo: (spot: Spot) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** What was found. The keyboard stays in the field above as a rule; its keys do the same here. */
function Spots({ listId, spots, at, onPoint, onGo, onKeyDown }: SpotsProps) {
  return (
    <>
      {spots.length === 0 ? <p className={styles.none}>{t('switcher.none')}</p> : null}
      <div id={listId} role="listbox" aria-label={t('switcher.title')} tabIndex={-1}>
        {spots.map((spot, index) => (
          <div
            key={spot.id}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={join(styles.option, index === at && styles.chosen)}
            onMouseMove={() => onPoint(index)}
            onClick={() => onGo(spot)}
            onKeyDown={onKeyDown}
          >
            <span className={styles.name}>{spot.name}</span>
            <span className={styles.where}>{spot.where}</span>
          </div>
        ))}
      </div>
    </>
  );
}

interface Spot {
  readonly id: string;
  readonly name: string;
  readonly where: string;
  readonly href: string;
}

/** Ids of channels whose name holds the letters: the unread first, then those that begin with them, then by name. */
function find(state: State, query: string): string[] {
  const wanted = query.trim().toLocaleLowerCase().replace(/^[#@]/, '');
  return [...state.channels.keys()]
    .map((id) => ({
      id,
      name: select.channelTitle(state, id).toLocaleLowerCase(),
      unread: state.reads.get(id)?.unread,
    }))
    .filter((one) => one.name.includes(wanted))
    .sort(
      (a, b) =>
        Number((b.unread ?? 0) > 0) - Number((a.unread ?? 0) > 0) ||
        Number(b.name.startsWith(wanted)) - Number(a.name.startsWith(wanted)) ||
        a.name.localeCompare(b.name),
    )
    .slice(0, MOST)
    .map((one) => one.id);
}

function describe(state: State, id: string): Spot {
  const title = select.channelTitle(state, id);
  const serverId = state.channels.get(id)?.server_id;
  if (serverId === undefined) return { id, name: title, where: t('dms'), href: paths.dm(id) };
  const where = state.servers.get(serverId)?.name ?? '';
  const parentId = state.channels.get(id)?.parent_id;
  if (parentId !== undefined) {
    const parent = state.channels.get(parentId)?.name ?? '';
    return { id, name: title, where: t('inbox.in', parent, where), href: paths.channel(serverId, id) };
  }
  return { id, name: t('channel.name', title), where, href: paths.channel(serverId, id) };
}

function sameSpots(a: readonly Spot[], b: readonly Spot[]): boolean {
  return a.length === b.length && a.every((spot, at) => spot.id === b[at]?.id && spot.name === b[at]?.name);
}
