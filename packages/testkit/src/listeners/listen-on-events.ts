import type { Ready } from '@snug/protocol';
import { Ending } from './ending.ts';
import type { Listening, ListenOptions } from './listener.ts';

export interface SseBlock {
  readonly id?: number;
  readonly event?: string;
  readonly data?: string;
  readonly comment?: string;
}

/** One block of an event stream: what stands before an empty line. */
export function parseBlock(text: string): SseBlock {
  const block: { id?: number; event?: string; data?: string; comment?: string } = {};
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    const [field, value] = [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')];
    if (field === 'id') block.id = Number(value);
    else if (field === 'event') block.event = value;
    else if (field === 'data') block.data = value;
    else if (field === '') block.comment = value;
  }
  return block;
}

/** Server-Sent Events as a listener. `Last-Event-ID` is the cursor, as a browser would send it. */
export function listenOnEvents({ url, token, since, ear, intents, raw }: ListenOptions): Listening {
  const ending = new Ending();
  const gone = new AbortController();
  let last = '';

  const heard = ({ id, event, data, comment }: SseBlock): void => {
    if (comment !== undefined) last = comment;
    if (event === undefined) {
      if (id !== undefined) {
        ear.moved(id);
        ending.alive();
      }
      return;
    }
    const d = JSON.parse(data ?? 'null') as unknown;
    if (event === 'RESET') return ear.reset((d as { reason: string }).reason);
    const goesOn = event === 'READY' ? ear.ready(d as Ready, id as number) : ear.event(event, id, d);
    if (!goesOn) ending.end('dropped');
    else if (event === 'READY') ending.alive();
  };
  const run = async (): Promise<void> => {
    const response = await fetch(`${url}/api/v1/events${intents === undefined ? '' : `?intents=${intents}`}`, {
      headers: { authorization: `Bearer ${token}`, ...(since === null ? {} : { 'last-event-id': String(since) }) },
      signal: gone.signal,
    });
    if (!response.ok) throw new Error(`${response.status} ${((await response.json()) as { code: string }).code}`);
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of response.body as ReadableStream<Uint8Array>) {
      const text = decoder.decode(chunk, { stream: true });
      raw?.(text);
      const blocks = (rest + text).split('\n\n');
      rest = blocks.pop() as string;
      for (const block of blocks) if (!ending.isOver) heard(parseBlock(block));
      if (ending.isOver) return;
    }
    ending.end(last);
  };
  const over = run().catch((error: Error) => ending.end(ending.isOver ? 'dropped' : error.message));
  const drop = async (): Promise<void> => {
    ending.end('dropped');
    gone.abort();
    await over;
  };
  return { transport: 'sse', live: ending.live, ended: ending.ended, drop, [Symbol.asyncDispose]: drop };
}
