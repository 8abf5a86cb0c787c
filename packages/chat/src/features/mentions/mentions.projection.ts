import { collectMentions } from '@snug/protocol';
import type { LogEventOf } from '../../log/envelope.ts';
import { id, insert, integer, type RowOperation, remove, table } from '../../log/rows.ts';
import type { Projection } from '../../projections/projection.ts';

/**
 * Whom a message called, when it was said: `u:<user>`, `r:<role>`, `everyone` or `here`. An edit changes what the message
 * shows and nothing here, so that it neither calls nor takes back (MENTION5).
 */
export const mentionsTable = table(
  'mentions',
  { channel_id: id, target: id, position: integer, message_id: id, author_id: id },
  {
    key: ['channel_id', 'target', 'position'],
    indexes: [{ columns: ['channel_id', 'message_id'] }, { columns: ['target', 'channel_id'] }],
  },
);

const insertMention = insert(mentionsTable);
const removeMentions = remove(mentionsTable, ['channel_id', 'message_id']);
const NOTHING: RowOperation[] = [];

export const mentionsProjection: Projection = {
  name: 'mentions',
  version: 3,
  tables: [mentionsTable],
  on: {
    MESSAGE_CREATE: (event) => {
      const { mentions, mention_roles, mention_everyone } = event.body;
      if (!mention_everyone && mentions.length === 0 && mention_roles.length === 0) return NOTHING;
      return event.origin === 'import' ? NOTHING : calls(event);
    },
    MESSAGE_DELETE: ({ body: { channel_id, id: message_id } }) => [removeMentions({ channel_id, message_id })],
    MESSAGE_DELETE_BULK: ({ body: { channel_id, ids } }) =>
      ids.map((message_id) => removeMentions({ channel_id, message_id })),
    PURGE: ({ body }) =>
      Object.entries(body.channels).flatMap(([channel_id, ids]) =>
        ids.map((message_id) => removeMentions({ channel_id, message_id })),
      ),
  },
};

function calls({ body, position }: LogEventOf<'MESSAGE_CREATE'>): RowOperation[] {
  const { channel_id, id: message_id, author_id, mentions, mention_roles, mention_everyone, content } = body;
  const targets = [...mentions.map((user) => `u:${user}`), ...mention_roles.map((role) => `r:${role}`)];
  // The two count the same and differ in whom a push reaches.
  if (mention_everyone)
    targets.push(collectMentions(content).some(({ to }) => to === 'everyone') ? 'everyone' : 'here');
  return targets.map((target) => insertMention({ channel_id, target, position, message_id, author_id }));
}
