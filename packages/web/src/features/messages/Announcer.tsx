import { type State, select } from '@snug/client';
import { type Channel, plainText } from '@snug/protocol';
import { useEffect, useRef, useState } from 'react';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Hidden } from '../../ui/Hidden.tsx';
import { isSpoken } from './build-rows.ts';

const MOST = 240;

/** Says new messages of others to those who listen. The list itself is not live: scrolling would read all of it out. */
export function Announcer({ channel }: { channel: Channel }) {
  const newest = useSelect((state) => newestMessage(state, channel.id));
  const me = useSelect((state) => state.me?.id);
  const name = useSelect((state) =>
    newest === undefined ? '' : select.memberName(state, channel.server_id ?? null, newest.author_id),
  );
  const [words, setWords] = useState('');
  const last = useRef<string | null>(null);
  useEffect(() => {
    if (newest === undefined) return;
    const isNew = last.current !== null && newest.id > last.current;
    last.current = newest.id;
    if (isNew && newest.author_id !== me && isSpoken(newest)) {
      setWords(t('message.said', name, plainText(newest.content).slice(0, MOST)));
    }
  }, [newest, me, name]);
  return <Hidden live="polite">{words}</Hidden>;
}

function newestMessage(state: State, channelId: string) {
  const window = state.windows.get(channelId);
  const id = window?.hasAfter === false ? window.ids.at(-1) : undefined;
  return id === undefined ? undefined : state.messages.get(channelId)?.get(id);
}
