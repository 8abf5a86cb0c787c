import type { Channel, Id, MemberWithUser } from '@snug/protocol';
import { useEffect, useMemo, useState } from 'react';
import { loadQuietly } from '../../app/load-quietly.ts';
import { useSettled } from '../../app/use-settled.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { useEmojiSearch } from '../reactions/use-emoji-search.ts';
import { type Suggestion, suggestChannels, suggestMentions } from './find-suggestions.ts';
import { type Trigger, triggerAt } from './suggestion-trigger.ts';

const MOST = 8;
const PAUSE_MS = 150;
const NOBODY: readonly MemberWithUser[] = [];
const NONE: readonly Suggestion[] = [];

export interface Suggestions {
  readonly trigger: Trigger | null;
  readonly list: readonly Suggestion[];
}

/** Ways to finish the name before the caret: people, roles, channels, emoji. */
export function useSuggestions(channel: Channel, text: string, caret: number): Suggestions {
  const client = useClient();
  const trigger = useMemo(() => triggerAt(text, caret), [text, caret]);
  const members = useMembersNamed(channel.server_id, trigger?.sign === '@' ? trigger.query : '');
  const { found: emoji } = useEmojiSearch(trigger?.sign === ':' ? trigger.query : null, MOST);
  const list = useMemo((): readonly Suggestion[] => {
    if (trigger === null) return NONE;
    const state = client.store.getState();
    switch (trigger.sign) {
      case '@':
        return suggestMentions(state, channel, trigger.query, members);
      case '#':
        return suggestChannels(state, channel, trigger.query);
      case ':':
        return (emoji ?? []).map((one) => ({
          key: one.name,
          label: t('suggest.emoji', one.name),
          note: '',
          emoji: one.emoji,
          insert: one.emoji,
        }));
    }
  }, [client, channel, trigger, members, emoji]);
  return { trigger, list };
}

/** Members that the server knows by the start of a name: the store holds few of a large server. */
function useMembersNamed(serverId: Id | undefined, query: string): readonly MemberWithUser[] {
  const client = useClient();
  const settled = useSettled(query, PAUSE_MS);
  const [found, setFound] = useState(NOBODY);
  useEffect(() => {
    setFound(NOBODY);
    if (serverId === undefined || settled === '') return;
    let isCurrent = true;
    const asked = client.call('member.list', { server_id: serverId, query: settled, limit: MOST }).then(({ items }) => {
      if (isCurrent) setFound(items);
    });
    loadQuietly(asked, 'members were not loaded');
    return () => {
      isCurrent = false;
    };
  }, [client, serverId, settled]);
  return found;
}
