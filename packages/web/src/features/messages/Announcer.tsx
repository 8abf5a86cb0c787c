import { type State, select } from '@snug/client';
import type { Channel } from '@snug/protocol';
import { useEffect, useRef, useState } from 'react';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Hidden } from '../../ui/Hidden.tsx';
import { isSpoken } from './build-rows.ts';
import { usePlain } from './use-plain.ts';

/** Says new messages of others to those who listen. The list itself is not live: scrolling would read all of it out. */
export function Announcer({ channel }: { channel: Channel }) {
  const newest = useSelect((state) => newestMessage(state, channel.id));
  const me = useSelect((state) => state.me?.id);
  const name = useSelect((state) =>
    newest === undefined ? '' : select.memberName(state, channel.server_id ?? null, newest.author_id),
  );
  const isBlocked = useSelect((state) => newest !== undefined && select.isBlocked(state, newest.author_id));
  const said = usePlain(newest?.content ?? '', channel.server_id ?? null);
  const [words, setWords] = useState('');
  const last = useRef<string | null>(null);
  useEffect(() => {
    if (newest === undefined) return;
    const isNew = last.current !== null && newest.id > last.current;
    last.current = newest.id;
    if (isNew && newest.author_id !== me && isSpoken(newest) && !isBlocked) {
      setWords(t('message.said', name, said));
    }
  }, [newest, me, name, said, isBlocked]);
  return <Hidden live="polite">{words}</Hidden>;
}

function newestMessage(state: State, channelId: string) {
  const window = state.windows.get(channelId);
  const id = window?.hasAfter === false ? window.ids.at(-1) : undefined;
  return id === undefined ? undefined : state.messages.get(channelId)?.get(id);
}
