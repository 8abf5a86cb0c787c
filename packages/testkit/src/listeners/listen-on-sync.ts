import type { Problem, SyncAnswer } from '@snug/protocol';
import { Ending } from './ending.ts';
import type { Listening, ListenOptions } from './listener.ts';

type Answer = SyncAnswer & { reset?: string };

/** Long poll as a listener: one poll after the other, each from where the last one ended. */
export function listenOnSync({ url, token, since, ear, intents, raw, timeout = 25_000 }: ListenOptions): Listening {
  const ending = new Ending();
  const gone = new AbortController();
  const asked = intents === undefined ? '' : `&intents=${intents}`;

  const poll = async (from: number | null, wait: number): Promise<number> => {
    const query = from === null ? `timeout=${wait}${asked}` : `since=${from}&timeout=${wait}${asked}`;
    const response = await fetch(`${url}/api/v1/sync?${query}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: gone.signal,
    });
    const text = await response.text();
    raw?.(text);
    const body = JSON.parse(text) as unknown;
    if (!response.ok) throw new Error(`${response.status} ${(body as Problem).code}`);
    return take(body as Answer);
  };
  const take = (answer: Answer): number => {
    if (answer.snapshot !== undefined) {
      if (answer.reset !== undefined) ear.reset(answer.reset);
      if (!ear.ready(answer.snapshot, answer.next)) ending.end('dropped');
      return answer.next;
    }
    for (const { t, s, d } of answer.events) {
      if (ending.isOver) return answer.next;
      if (!ear.event(t, s, d)) ending.end('dropped');
    }
    for (const { t, d } of answer.ephemeral) if (!ending.isOver) ear.event(t, undefined, d);
    if (!ending.isOver) ear.moved(answer.next);
    return answer.next;
  };
  const run = async (): Promise<void> => {
    let from = await poll(since, 0);
    ending.alive();
    while (!ending.isOver) from = await poll(from, timeout);
  };
  const over = run().catch((error: Error) => ending.end(ending.isOver ? 'dropped' : error.message));
  const drop = async (): Promise<void> => {
    ending.end('dropped');
    gone.abort();
    await over;
  };
  return { transport: 'sync', live: ending.live, ended: ending.ended, drop, [Symbol.asyncDispose]: drop };
}
