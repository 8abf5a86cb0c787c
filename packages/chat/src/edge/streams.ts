/** `GET /api/v1/sync` and `GET /api/v1/events`: the two transports of the log that are plain HTTP. */

import { API_PREFIX, type App, type AppRequest } from '@snug/edge';
import { ALL_INTENTS, LIMITS, Refusal, Status, validate } from '@snug/protocol';
import { z } from 'zod';
import type { Actor } from '../commands/handler.ts';
import type { Arrival, Sessions } from '../delivery/sessions.ts';
import { SseStream } from '../delivery/sse-sink.ts';
import type { Sync } from '../delivery/sync-sink.ts';

const number = (max: number) =>
  z
    .string()
    .regex(/^\d{1,16}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().max(max));
const cursor = number(Number.MAX_SAFE_INTEGER);
const common = {
  intents: number(ALL_INTENTS).optional(),
  device: z.enum(['desktop', 'mobile', 'web']).optional(),
  ticket: z.string().max(512).optional(),
  /** Left out: as this session last said. */
  status: Status.optional(),
};
const SyncQuery = z.object({
  since: cursor.optional(),
  timeout: number(Number.MAX_SAFE_INTEGER).optional(),
  ...common,
});
const EventsQuery = z.object({ since: cursor.optional(), ...common });

export interface StreamParts {
  readonly sync: Sync;
  readonly sessions: Sessions;
  readonly streams: Set<SseStream>;
  readonly readerBuffer: number;
  isDraining(): boolean;
  onFailure(error: unknown, trace: string): void;
  actorOf(request: AppRequest, ticket: string | undefined): Promise<Actor>;
}

export function mountStreams(app: App, parts: StreamParts): void {
  app.get(`${API_PREFIX}/sync`, async (request, reply) => {
    const query = validate(SyncQuery, request.query);
    const actor = await parts.actorOf(request, query.ticket);
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const answer = await parts.sync.poll(actor, {
      since: query.since,
      timeout: query.timeout === undefined ? undefined : Math.min(query.timeout, LIMITS.SYNC_TIMEOUT_MAX),
      arrival: arrivalOf(query),
      gone: gone.signal,
    });
    return reply.type('application/json').send(answer);
  });

  app.get(`${API_PREFIX}/events`, async (request, reply) => {
    const query = validate(EventsQuery, request.query);
    const actor = await parts.actorOf(request, query.ticket);
    if (parts.isDraining()) throw new Refusal('SHUTTING_DOWN', { retry_after: 1 });
    const last = request.headers['last-event-id'];
    const since = last === undefined || last === '' ? query.since : validate(cursor, last);
    reply.hijack();
    reply.raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const stream = new SseStream(reply.raw, parts.sessions, actor, arrivalOf(query), parts.readerBuffer);
    parts.streams.add(stream);
    reply.raw.once('close', () => parts.streams.delete(stream));
    try {
      await stream.open(since);
    } catch (error) {
      stream.close(0, error instanceof Refusal ? error.code : 'INTERNAL');
      // The answer has begun: nobody above can say any more than this.
      if (!(error instanceof Refusal)) parts.onFailure(error, request.id);
    }
    return reply;
  });
}

function arrivalOf({ intents, device, status }: z.infer<typeof EventsQuery>): Partial<Arrival> {
  return {
    ...(intents === undefined ? {} : { intents }),
    ...(device === undefined ? {} : { device }),
    ...(status === undefined ? {} : { presence: { status } }),
  };
}
