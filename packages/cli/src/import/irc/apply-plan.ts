/** Writes a planned import into the log, in time order and many lines at a time. */
import type { HistoryImport, Imported } from '@snug/chat';
import type { Id } from '@snug/protocol';
import type { IrcPlan, PlannedChannel, PlannedMessage } from './plan.ts';

const ORIGIN = 'irc';
/** Lines on their way to the disk at once: enough for commits to be shared. */
const WIDTH = 512;

/** Fills in what was added. @param onLine told how many messages are done. */
export async function applyPlan(
  plan: IrcPlan,
  history: HistoryImport,
  serverName: string,
  onLine: (done: number) => void,
): Promise<void> {
  const serverId = await history.server(serverName);
  const authors = await importAuthors(plan, history, serverId);
  let done = 0;
  const count = (imported: Imported): void => {
    if (imported.isNew) plan.counts.added += 1;
    else plan.counts.already_there += 1;
    done += 1;
    onLine(done);
  };
  for (const channel of plan.channels) {
    const channelId = await history.channel(serverId, channel.name);
    await importChannel(channel, { channelId, authors, history, count });
  }
  await history.finish();
}

async function importAuthors(plan: IrcPlan, history: HistoryImport, serverId: Id): Promise<Map<string, Id>> {
  const nicks = new Set(plan.channels.flatMap(({ messages }) => messages.map(({ nick }) => nick)));
  const authors = new Map<string, Id>();
  await Promise.all(
    [...nicks].map(async (nick) => {
      authors.set(nick, (await history.author(serverId, ORIGIN, nick)).id);
    }),
  );
  return authors;
}

interface Target {
  channelId: Id;
  authors: ReadonlyMap<string, Id>;
  history: HistoryImport;
  count: (imported: Imported) => void;
}

async function importChannel({ messages }: PlannedChannel, target: Target): Promise<void> {
  const written = new Map<string, Promise<Imported>>();
  const underWay: Promise<Imported>[] = [];
  for (const message of messages) {
    // Ids are made in the order of the calls, so a line whose antecedent is on its way waits for it here.
    const answered = message.answers === null ? undefined : await written.get(message.answers);
    const one = writeMessage(message, answered?.id, target);
    written.set(message.source, one);
    underWay.push(one);
    if (underWay.length >= WIDTH) await settle(underWay, target.count);
  }
  await settle(underWay, target.count);
}

function writeMessage(message: PlannedMessage, answers: Id | undefined, target: Target): Promise<Imported> {
  return target.history.message({
    channel_id: target.channelId,
    author_id: target.authors.get(message.nick) as Id,
    source: message.source,
    at: message.at,
    type: message.type,
    content: message.content,
    ...(answers === undefined ? {} : { reply_to_id: answers }),
  });
}

/** All of them have ended before any failure is thrown: nothing goes on behind the caller's back. */
async function settle(underWay: Promise<Imported>[], count: (imported: Imported) => void): Promise<void> {
  const ended = await Promise.allSettled(underWay.splice(0));
  for (const one of ended) if (one.status === 'fulfilled') count(one.value);
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
