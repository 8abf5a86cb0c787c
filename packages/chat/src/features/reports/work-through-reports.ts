/** The administrators' side of reports. That they are administrators was asked before any of this. */
import { type CommandParams, type Id, LIMITS, Refusal, type Report } from '@snug/protocol';
import type { Decide, HandlerOf } from '../../commands/handler.ts';
import { channelScope, type Guard, type NewEvent, reportKey } from '../../log/envelope.ts';
import type { World } from '../../world/world.ts';
import { messageQueries, type StoredMessage } from '../messages/messages.queries.ts';
import { reportQueries } from './reports.queries.ts';

export const listReports: HandlerOf<'report.list'> = {
  limit: 'read',
  query: async ({ status, before, limit }, _context, { world, log }) => {
    const size = limit ?? LIMITS.PAGE_DEFAULT;
    const { value, position } = await log.read({ page: reportQueries.page(status, before, size + 1) });
    const items = value.page.slice(0, size);
    const people = new Set(
      items.flatMap(({ reporter_id, user_id, resolved_by }) => [reporter_id, user_id, resolved_by]),
    );
    const users = [...people].flatMap((id) => world.users.get(id ?? '')?.user ?? []);
    return { result: { items, has_more: value.page.length > size, users }, position };
  },
};

export const getReport: HandlerOf<'report.get'> = {
  limit: 'read',
  query: async ({ report_id }, _context, { log }) => {
    const { value, position } = await log.read({ found: reportQueries.one(report_id) });
    if (value.found === null) throw new Refusal('UNKNOWN_REPORT');
    return { result: value.found, position };
  },
};

interface Loaded {
  readonly position: number;
  readonly report: Report | null;
  /** What is reported, as long as it is there. */
  readonly message: StoredMessage | null;
}

type Params = CommandParams<'report.resolve'>;

/** With `delete_message` the instance itself deletes it: no permission in that place is asked. */
export const resolveReport: HandlerOf<'report.resolve'> = {
  limit: 'write',
  load: async ({ report_id }, _context, { log }): Promise<Loaded> => {
    const { value, position } = await log.read({ report: reportQueries.one(report_id) });
    const { report } = value;
    if (report?.channel_id === undefined || report.message_id === undefined) return { position, report, message: null };
    const { found } = (await log.read({ found: messageQueries.one(report.channel_id, report.message_id) })).value;
    return { position, report, message: found };
  },
  decide: ({ world, params, actor, now, loaded }: Decide<Params, Loaded>) => {
    const { report, message, position } = loaded;
    if (report === null) throw new Refusal('UNKNOWN_REPORT');
    const isOpen = params.status === 'open';
    const { note } = params;
    const resolved: Report = {
      ...report,
      status: params.status,
      note: note ?? report.note,
      resolved_by: isOpen ? null : actor.userId,
      resolved_at: isOpen ? null : new Date(now).toISOString(),
    };
    const { id, status, resolved_by, resolved_at } = resolved;
    const body = { id, status, resolved_by, resolved_at, ...(note === undefined ? {} : { note }) };
    const deletion = params.delete_message === true && message !== null ? deletionOf(world, message) : NOTHING;
    return {
      events: [{ type: 'REPORT_UPDATE', scope: 'instance', subject: id, body }, ...deletion.events],
      guards: [{ kind: 'authority', keys: [reportKey(id)], position }, ...deletion.guards],
      result: () => resolved,
    };
  },
};

interface Deletion {
  readonly events: readonly NewEvent[];
  readonly guards: readonly Guard[];
}

const NOTHING: Deletion = { events: [], guards: [] };

function deletionOf(world: World, { message: { id, channel_id, author_id } }: StoredMessage): Deletion {
  const { server_id, parent_id } = world.channels.get(channel_id)?.channel ?? {};
  const place: { server_id?: Id; parent_id?: Id } = {
    ...(server_id === undefined ? {} : { server_id }),
    ...(parent_id === undefined ? {} : { parent_id }),
  };
  const body = { id, channel_id, author_id, ...place };
  return {
    events: [{ type: 'MESSAGE_DELETE', scope: channelScope(channel_id), subject: id, body }],
    // Somebody else deleted it first: then there is nothing left to delete.
    guards: [{ kind: 'exists', key: 'message', args: [channel_id, id], refusal: 'STALE' }],
  };
}
