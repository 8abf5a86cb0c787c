import { type CommandParams, type Id, LIMITS, Refusal, type Report } from '@snug/protocol';
import type { Decide, HandlerOf } from '../../commands/handler.ts';
import { type Guard, userScope } from '../../log/envelope.ts';
import { authorityInChannel, requireChannel } from '../access.ts';
import { messageQueries, type StoredMessage } from '../messages/messages.queries.ts';
import { acquaintance } from '../users/users.queries.ts';

type Params = CommandParams<'report.create'>;

/** Of a person, or of a message one can see: what it says is kept beside the report, as evidence (E25). */
export const createReport: HandlerOf<'report.create'> = {
  limit: 'report',
  load: async ({ channel_id, message_id }, { actor }, { world, log }) => {
    if (channel_id === undefined || message_id === undefined) return null;
    requireChannel(world, actor.userId, channel_id);
    return (await log.read({ found: messageQueries.one(channel_id, message_id) })).value.found;
  },
  decide: (decide: Decide<Params, StoredMessage | null>) => {
    const { world, params, actor, now, ids } = decide;
    const { userId, evidence, guards } = subjectOf(decide);
    if (userId === actor.userId) throw new Refusal('NOT_YOURSELF');
    const report: Report = {
      id: ids.next(),
      reporter_id: actor.userId,
      user_id: userId,
      ...(params.channel_id === undefined ? {} : { channel_id: params.channel_id, message_id: params.message_id }),
      reason: params.reason,
      evidence,
      status: 'open',
      note: '',
      resolved_by: null,
      resolved_at: null,
      created_at: new Date(now).toISOString(),
    };
    return {
      events: [{ type: 'REPORT_CREATE', scope: 'instance', subject: report.id, body: report }],
      // Whoever goes takes their words along: none of them comes back by a report that was under way.
      guards: [
        { kind: 'authority', keys: [userScope(userId), userScope(actor.userId)], position: world.tail },
        underLimit(actor.userId),
        ...guards,
      ],
      result: () => ({ id: report.id, created_at: report.created_at }),
    };
  },
};

interface Subject {
  readonly userId: Id;
  readonly evidence: string;
  readonly guards: readonly Guard[];
}

function subjectOf({ world, params, actor, loaded }: Decide<Params, StoredMessage | null>): Subject {
  const { user_id, channel_id, message_id } = params;
  if ((channel_id === undefined) !== (message_id === undefined)) throw unclear('channel_id', 'goes with a message_id');
  if (channel_id === undefined || message_id === undefined) {
    if (user_id === undefined) throw unclear('user_id', 'a user or a message is reported');
    const state = world.users.get(user_id);
    if (state === undefined || acquaintance(world, actor.userId, state) === 'none') throw new Refusal('UNKNOWN_USER');
    return { userId: user_id, evidence: '', guards: [] };
  }
  const channel = requireChannel(world, actor.userId, channel_id);
  if (loaded === null) throw new Refusal('UNKNOWN_MESSAGE');
  const { author_id, content } = loaded.message;
  if (user_id !== undefined && user_id !== author_id) throw unclear('user_id', 'did not write this message');
  const guards: Guard[] = [
    authorityInChannel(world, actor.userId, channel),
    { kind: 'exists', key: 'message', args: [channel_id, message_id], refusal: 'UNKNOWN_MESSAGE' },
  ];
  return { userId: author_id, evidence: content, guards };
}

function unclear(path: string, message: string): Refusal {
  return new Refusal('INVALID_PARAMS', { issues: [{ path, message }] });
}

function underLimit(userId: Id): Guard {
  const below = LIMITS.OPEN_REPORTS_PER_USER;
  return { kind: 'count_below', key: 'open_reports_of_user', args: [userId], below, refusal: 'LIMIT_REACHED' };
}
